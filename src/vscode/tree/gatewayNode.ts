import * as l10n from '@vscode/l10n';
import { addressOf, type BaseUrl } from '../../core/input/baseUrl.ts';
import { sendsUnencrypted } from '../../core/input/origin.ts';
import type { KeyState } from '../../core/quota/keyState.ts';
import { isServer } from '../../gateways/isServer.ts';
import { gatewayOf } from '../../gateways/registry.ts';
import { joinClauses } from '../../text/clauses.ts';
import { keyCountTexts } from '../../text/keyCounts.ts';
import { lineContext, type TreeNode } from './treeNode.ts';

/** What a gateway calls itself, else its address. */
export function gatewayName(baseUrl: BaseUrl, members: readonly KeyState[]): string {
  // A server's keys name the gateways behind it, so they do not count.
  const own = members.filter(({ via }) => via === undefined);
  return own.map(key => key.reading?.gatewayName).find(each => each) ?? addressOf(baseUrl);
}

/**
 * The line of a gateway: how its keys are, then what it is. `children` are those of its keys that stand below it. Without any
 * it is another line: VS Code would not open it by itself when there are some again.
 */
export function gatewayNode(
  baseUrl: BaseUrl,
  members: readonly KeyState[],
  children: readonly TreeNode[],
  now: number,
): TreeNode {
  const name = gatewayName(baseUrl, members);
  const address = addressOf(baseUrl);
  const exposed = sendsUnencrypted(baseUrl);
  const texts = [
    ...keyCountTexts(members, now, isServer),
    exposed ? l10n.t('not encrypted') : undefined,
    name === address ? undefined : address,
    [...new Set(members.map(key => gatewayOf(key.kind)?.title ?? key.kind))].join(', '),
  ].filter(text => text !== undefined);
  const spoken = joinClauses([name, ...texts]);
  return {
    id: children.length > 0 ? `gateway:${baseUrl}` : `emptyGateway:${baseUrl}`,
    label: name,
    description: texts.join(' · '),
    tooltip: exposed
      ? l10n.t(
          '{0}: requests over plain http expose the key to everyone along the way. You allowed this in keyQuota.gateways.',
          baseUrl,
        )
      : `${spoken}\n${baseUrl}`,
    icon: exposed ? 'unlock' : 'server-environment',
    spoken,
    context: lineContext('gateway'),
    // The least id, so that the line stays the same in any order of the keys.
    gatewayKeyId: members.reduce((least, { id }) => (least === '' || id < least ? id : least), ''),
    expanded: true,
    isParent: children.length > 0,
    children,
  };
}
