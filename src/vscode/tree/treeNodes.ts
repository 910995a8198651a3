import * as l10n from '@vscode/l10n';
import { sendsUnencrypted } from '../../core/input/origin.ts';
import { isFine, sortedByAttention } from '../../core/quota/attention.ts';
import { isPaused } from '../../core/quota/failure.ts';
import type { KeyState } from '../../core/quota/keyState.ts';
import { hasAbility } from '../../gateways/gateway.ts';
import { gatewayOf } from '../../gateways/registry.ts';
import { clockAheadText } from '../../text/clockAheadText.ts';
import { ENDING_COLOR, ENDING_ICON, keyIcon, STATUS_COLOR } from '../views/icons.ts';
import { figureText, noticeText, spokenText } from '../views/keyTexts.ts';
import { keyFacts } from './keyFacts.ts';
import { factNodes, type LineWord, lineContext, type TreeNode } from './treeNode.ts';

/** The whole tree for a snapshot: gateway, key, facts. */
export function treeNodes(keys: readonly KeyState[], now: number): readonly TreeNode[] {
  const origins = Map.groupBy(sortedByAttention(keys, now), key => key.origin);
  return [...origins].map(([origin, members]) => {
    const titles = [...new Set(members.map(key => gatewayOf(key.kind)?.title ?? key.kind))].join(', ');
    const host = new URL(origin).host;
    const name = members.map(key => key.reading?.gatewayName).find(each => each);
    const exposed = sendsUnencrypted(origin);
    const description = [name && host, titles, exposed ? l10n.t('not encrypted') : undefined]
      .filter(text => text)
      .join(' · ');
    return {
      id: `gateway:${origin}`,
      label: name ?? host,
      description,
      tooltip: exposed
        ? l10n.t(
            '{0}: requests over plain http show the key to everyone on the way. You allowed it in keyQuota.gateways.',
            origin,
          )
        : origin,
      icon: exposed ? 'unlock' : 'server-environment',
      spoken: l10n.t('{0}, {1}, keys: {2}', name ?? host, description, members.length),
      context: lineContext('gateway'),
      expanded: true,
      isParent: true,
      children: members.map(key => keyNode(key, now)),
    };
  });
}

/** A key's line. Spoken text and children are computed lazily. */
function keyNode(key: KeyState, now: number): TreeNode {
  const figure = figureText(key);
  const description = [figure, noticeText(key, now)].filter(text => text !== undefined).join(' · ');
  let spoken: string | undefined;
  let facts: readonly TreeNode[] | undefined;
  return {
    id: `key:${key.id}`,
    label: key.label,
    description,
    tooltip: key.failure?.message ?? clockAheadText(key.reading),
    ...iconOf(key, now),
    get spoken() {
      spoken ??= spokenText(key, now, figure);
      return spoken;
    },
    context: contextOf(key),
    keyId: key.id,
    isParent: true,
    get children() {
      facts ??= factNodes(key.id, keyFacts(key, now));
      return facts;
    },
  };
}

/** Green only where the badge does not count the key; without colour while its checks are paused. */
function iconOf(key: KeyState, now: number): Pick<TreeNode, 'icon' | 'color'> {
  if (isPaused(key)) return { icon: keyIcon(key) };
  return key.status === 'ok' && !isFine(key, now)
    ? { icon: ENDING_ICON, color: ENDING_COLOR }
    : { icon: keyIcon(key), color: STATUS_COLOR[key.status] };
}

/** The words that menus look for in `viewItem`. */
function contextOf(key: KeyState): string {
  const { kind, credential, pinned, reading } = key;
  return lineContext(
    'key',
    pinned ? 'pinned' : 'unpinned',
    isPaused(key) ? 'paused' : 'checked',
    ...(reading?.models ? (['withModels'] as const) : []),
    ...abilityWords(kind, credential),
  );
}

const cachedWords = new Map<string, readonly LineWord[]>();

/** Cached by kind and credential type. */
function abilityWords(kind: string, credential: KeyState['credential']): readonly LineWord[] {
  const type = `${kind} ${credential}`;
  const cached = cachedWords.get(type);
  if (cached !== undefined) return cached;
  const gateway = gatewayOf(kind);
  const abilities = (['verify', 'plans', 'logs'] as const).filter(
    ability => gateway && hasAbility(gateway, credential, ability),
  );
  const words = abilities.map(ability => `can-${ability}` as const);
  cachedWords.set(type, words);
  return words;
}
