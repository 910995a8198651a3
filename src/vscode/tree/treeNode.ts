import * as l10n from '@vscode/l10n';
import type { MovableLine } from '../../core/quota/keyOrder.ts';

/** The words in a line's `contextValue`, by which menus recognize it (`menus` of a command). */
export type LineWord =
  | 'attention'
  | 'gateway'
  | 'key'
  | 'own'
  | 'pinned'
  | 'unpinned'
  | 'checked'
  | 'paused'
  | 'withModels'
  | 'readFromAccount'
  | 'separated'
  | 'can-verify'
  | 'can-plans'
  | 'can-logs'
  | 'can-keyList'
  | 'can-testCall'
  | 'accountKey'
  | 'refreshable'
  | 'fact'
  | 'model';

/** The `contextValue` of a line. */
export function lineContext(...words: readonly LineWord[]): string {
  return words.join(' ');
}

/** The key or gateway whose line has this id; undefined for other lines, which cannot be moved. */
export function movableLine(id: string): MovableLine | undefined {
  const [, kind, rest = ''] = /^(key|gateway|emptyGateway):(.*)$/.exec(id) ?? [];
  if (kind === undefined) return undefined;
  return kind === 'key' ? { key: rest } : { baseUrl: rest };
}

/** One line of the tree, as plain values. Ids stay the same while figures change. */
export interface TreeNode {
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  readonly tooltip?: string;
  readonly icon?: string;
  readonly color?: string;
  readonly spoken: string;
  readonly context: string;
  readonly keyId?: string;
  /** Any key of the gateway whose line this is. */
  readonly gatewayKeyId?: string;
  /** See `AccountKey.id`. */
  readonly accountKeyId?: string;
  /** The id of the account's key, on the line of a key that its list has. */
  readonly listedIn?: string;
  /** What Copy Value copies from this line. */
  readonly copyText?: string;
  readonly expanded?: boolean;
  /** Whether there are children, known without creating them. */
  readonly isParent?: boolean;
  /** May be a getter: most lines are never expanded. */
  readonly children: readonly TreeNode[];
}

/** A line with one fact about a key; left out while its value is undefined. */
export interface Fact {
  readonly name: string;
  readonly label: string;
  /** What stands in the line in place of the label, so that a narrow view has room for the value. */
  readonly short?: string;
  readonly value: string | undefined;
  readonly icon?: string;
  readonly tooltip?: string;
  readonly children?: readonly TreeNode[];
}

/** The lines for those facts that have a value. */
export function factNodes(ownerId: string, facts: readonly Fact[]): readonly TreeNode[] {
  return facts.flatMap(({ name, label, short = label, value, icon, tooltip, children = [] }) => {
    if (value === undefined) return [];
    const spoken = value ? l10n.t('{0}: {1}', label, value) : label;
    return {
      id: `fact:${ownerId}:${name}`,
      label: short,
      description: value,
      // A narrow view cuts the line, and VS Code’s own tooltip has the label alone.
      tooltip: tooltip === undefined || tooltip === label ? spoken : `${spoken}\n${tooltip}`,
      icon,
      spoken,
      context: lineContext('fact'),
      copyText: value || label,
      isParent: children.length > 0,
      children,
    };
  });
}
