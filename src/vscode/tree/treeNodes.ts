import * as l10n from '@vscode/l10n';
import { type BaseUrl, baseUrlOf } from '../../core/input/baseUrl.ts';
import { countTroubled, needsAttention } from '../../core/quota/attention.ts';
import type { KeyState } from '../../core/quota/keyState.ts';
import { joinClauses } from '../../text/clauses.ts';
import { keyCountText } from '../../text/keyCounts.ts';
import { gatewayName, gatewayNode } from './gatewayNode.ts';
import { KeyNode } from './keyNode.ts';
import { lineContext, type TreeNode } from './treeNode.ts';

/**
 * The whole tree for a snapshot: gateway, key, facts, all in the order of the snapshot, so that no figure moves a line. The
 * keys that the badge counts stand above in a group, and there alone.
 */
export function treeNodes(keys: readonly KeyState[], now: number): readonly TreeNode[] {
  const gateways = Map.groupBy(keys, baseUrlOf);
  const troubled = new Set(keys.filter(key => needsAttention(key, now)));
  const lines = [...gateways].map(([baseUrl, members]) => {
    const below = members.filter(key => !troubled.has(key)).map(key => new KeyNode(key, now));
    return gatewayNode(baseUrl, members, below, now);
  });
  // By their gateways, as in an order of the user's own, so that no move of one changes the places of others.
  const inOrder = [...gateways.values()].flatMap(members => members.filter(key => troubled.has(key)));
  return troubled.size === 0
    ? lines
    : [attentionNode(inOrder, countTroubled(keys, now), gateways, now), ...lines];
}

function attentionNode(
  troubled: readonly KeyState[],
  counted: number,
  gateways: ReadonlyMap<BaseUrl, readonly KeyState[]>,
  now: number,
): TreeNode {
  const names = new Map([...gateways].map(([baseUrl, members]) => [baseUrl, gatewayName(baseUrl, members)]));
  const label = l10n.t('Needs attention');
  const count = keyCountText(counted);
  return {
    id: 'attention',
    label,
    description: count,
    icon: 'bell-dot',
    spoken: joinClauses([label, count]),
    context: lineContext('attention'),
    expanded: true,
    isParent: true,
    // Of a server’s key its name tells where it stands.
    children: troubled.map(
      key => new KeyNode(key, now, key.via === undefined ? names.get(baseUrlOf(key)) : undefined),
    ),
  };
}
