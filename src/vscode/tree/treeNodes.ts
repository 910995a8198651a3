import * as l10n from '@vscode/l10n';
import { addressOf, baseUrlOf } from '../../core/input/baseUrl.ts';
import { sendsUnencrypted } from '../../core/input/origin.ts';
import { needsNoAttention, sortedByAttention } from '../../core/quota/attention.ts';
import { isPaused } from '../../core/quota/failure.ts';
import type { KeyState } from '../../core/quota/keyState.ts';
import { tightestLimit } from '../../core/spendingLimits/spendingLimit.ts';
import { hasAbility } from '../../gateways/gateway.ts';
import { gatewayOf } from '../../gateways/registry.ts';
import { joinClauses } from '../../text/clauses.ts';
import { figureText, noticeText, spokenText } from '../../text/keyTexts.ts';
import { limitText } from '../../text/spendingLimit.ts';
import { keyIcon } from '../views/icons.ts';
import { keyFacts } from './keyFacts.ts';
import { ENDING_COLOR, ENDING_ICON, STATUS_COLOR } from './treeColors.ts';
import { factNodes, type LineWord, lineContext, type TreeNode } from './treeNode.ts';

/** The whole tree for a snapshot: gateway, key, facts. */
export function treeNodes(keys: readonly KeyState[], now: number): readonly TreeNode[] {
  const gateways = Map.groupBy(sortedByAttention(keys, now), baseUrlOf);
  return [...gateways].map(([baseUrl, members]) => {
    const titles = [...new Set(members.map(key => gatewayOf(key.kind)?.title ?? key.kind))].join(', ');
    const host = addressOf(baseUrl);
    const name = members.map(key => key.reading?.gatewayName).find(each => each);
    const exposed = sendsUnencrypted(baseUrl);
    const description = [name && host, titles, exposed ? l10n.t('not encrypted') : undefined]
      .filter(text => text)
      .join(' · ');
    return {
      id: `gateway:${baseUrl}`,
      label: name ?? host,
      description,
      tooltip: exposed
        ? l10n.t(
            '{0}: requests over plain http show the key to everyone on the way. You allowed it in keyQuota.gateways.',
            baseUrl,
          )
        : baseUrl,
      icon: exposed ? 'unlock' : 'server-environment',
      spoken: l10n.t('{0}, {1}, keys: {2}', name ?? host, description, members.length),
      context: lineContext('gateway'),
      // The same one whatever order they are in, so that the line stays the same.
      gatewayKeyId: members.reduce((least, { id }) => (least === '' || id < least ? id : least), ''),
      expanded: true,
      isParent: true,
      children: members.map(key => new KeyNode(key, now)),
    };
  });
}

/** A key's line. A class, so that spoken text and children can be computed lazily for a thousand keys at little cost. */
class KeyNode implements TreeNode {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  readonly icon: string | undefined;
  readonly color: string | undefined;
  readonly context: string;
  readonly keyId: string;
  readonly isParent = true;
  readonly #key: KeyState;
  readonly #now: number;
  readonly #figure: string | undefined;
  readonly #limit: string | undefined;
  #spoken: string | undefined;
  #children: readonly TreeNode[] | undefined;

  constructor(key: KeyState, now: number) {
    const { icon, color } = iconOf(key, now);
    const figure = figureText(key);
    this.id = `key:${key.id}`;
    this.label = key.label;
    this.#limit = limitBeside(key);
    this.description = [figure, noticeText(key, now), this.#limit]
      .filter(text => text !== undefined)
      .join(' · ');
    this.icon = icon;
    this.color = color;
    this.context = contextOf(key);
    this.keyId = key.id;
    this.#key = key;
    this.#now = now;
    this.#figure = figure;
  }

  get spoken(): string {
    this.#spoken ??= joinClauses(
      [spokenText(this.#key, this.#now, this.#figure), this.#limit].filter(text => text !== undefined),
    );
    return this.#spoken;
  }

  get children(): readonly TreeNode[] {
    this.#children ??= factNodes(this.#key.id, keyFacts(this.#key, this.#now));
    return this.#children;
  }
}

/** The limit that stands beside the figure: the tightest of which something is known. */
function limitBeside({ spendingLimits }: KeyState): string | undefined {
  const tightest = spendingLimits && tightestLimit(spendingLimits);
  return tightest && limitText(tightest.progress);
}

/** The icon and its colour: green only for keys that the badge does not count, none while checks are paused. */
function iconOf(key: KeyState, now: number): Pick<TreeNode, 'icon' | 'color'> {
  if (isPaused(key)) return { icon: keyIcon(key) };
  return key.status === 'ok' && !needsNoAttention(key, now)
    ? { icon: ENDING_ICON, color: ENDING_COLOR }
    : { icon: keyIcon(key), color: STATUS_COLOR[key.status] };
}

const cachedContexts = new Map<string, string>();

/** The words that menus look for in `viewItem`. Cached by what they follow from, since there are few. */
function contextOf(key: KeyState): string {
  const { kind, credential, pinned, reading, readFrom, separatedFrom } = key;
  const paused = isPaused(key);
  const hasModels = Boolean(reading?.models);
  const isRead = readFrom !== undefined;
  const isSeparated = separatedFrom !== undefined;
  const type = `${kind} ${credential} ${pinned} ${paused} ${hasModels} ${isRead} ${isSeparated}`;
  const cached = cachedContexts.get(type);
  if (cached !== undefined) return cached;
  const context = lineContext(
    'key',
    pinned ? 'pinned' : 'unpinned',
    paused ? 'paused' : 'checked',
    ...(hasModels ? (['withModels'] as const) : []),
    ...(isRead ? (['readFromAccount'] as const) : []),
    ...(isSeparated ? (['separated'] as const) : []),
    ...abilityWords(kind, credential),
  );
  cachedContexts.set(type, context);
  return context;
}

function abilityWords(kind: string, credential: KeyState['credential']): readonly LineWord[] {
  const gateway = gatewayOf(kind);
  const abilities = (['verify', 'plans', 'logs', 'keyList'] as const).filter(
    ability => gateway && hasAbility(gateway, credential, ability),
  );
  return abilities.map(ability => `can-${ability}` as const);
}
