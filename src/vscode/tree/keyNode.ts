import * as l10n from '@vscode/l10n';
import { needsNoAttention } from '../../core/quota/attention.ts';
import { isPaused } from '../../core/quota/failure.ts';
import type { KeyState } from '../../core/quota/keyState.ts';
import { tightestLimit } from '../../core/spendingLimits/spendingLimit.ts';
import { hasAbility } from '../../gateways/credentialSpec.ts';
import { gatewayOf } from '../../gateways/registry.ts';
import { joinClauses } from '../../text/clauses.ts';
import { isolatedName } from '../../text/isolatedName.ts';
import { figureText } from '../../text/keyFigure.ts';
import { noticeText, spokenText } from '../../text/keyTexts.ts';
import { limitText } from '../../text/spendingLimit.ts';
import { viaText } from '../../text/viaText.ts';
import { keyIcon } from '../views/icons.ts';
import { figureLabel } from './figureLabel.ts';
import { keyFacts } from './keyFacts.ts';
import { ENDING_COLOR, ENDING_ICON, PINNED_ICON, STATUS_COLOR } from './treeColors.ts';
import { factNodes, type LineWord, lineContext, type TreeNode } from './treeNode.ts';

/** A key's line. A class, so that spoken text and children can be computed lazily for a thousand keys at little cost. */
export class KeyNode implements TreeNode {
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
  readonly #beside: readonly string[];
  #spoken: string | undefined;
  #children: readonly TreeNode[] | undefined;

  /** `gatewayName` where the line does not stand below that of its gateway. */
  constructor(key: KeyState, now: number, gatewayName?: string) {
    const { icon, color } = iconOf(key, now);
    const figure = figureText(key);
    this.id = `key:${key.id}`;
    this.label = figureLabel(figure, key.label);
    this.#beside = [
      gatewayName && isolatedName(gatewayName),
      viaText(key),
      key.pinned ? l10n.t('pinned') : undefined,
      limitBeside(key),
    ].filter(text => text !== undefined);
    this.description = [noticeText(key, now), ...this.#beside].filter(text => text !== undefined).join(' · ');
    this.icon = icon;
    this.color = color;
    this.context = contextOf(key);
    this.keyId = key.id;
    this.#key = key;
    this.#now = now;
    this.#figure = figure;
  }

  get spoken(): string {
    this.#spoken ??= joinClauses([spokenText(this.#key, this.#now, this.#figure), ...this.#beside]);
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

/**
 * The icon and its color: green only for keys that the badge does not count, none while checks are paused. For a key
 * that is well, the icon only tells whether it is pinned.
 */
function iconOf(key: KeyState, now: number): Pick<TreeNode, 'icon' | 'color'> {
  if (isPaused(key)) return { icon: keyIcon(key) };
  if (key.status !== 'ok') return { icon: keyIcon(key), color: STATUS_COLOR[key.status] };
  return needsNoAttention(key, now)
    ? { icon: key.pinned ? PINNED_ICON : keyIcon(key), color: STATUS_COLOR.ok }
    : { icon: ENDING_ICON, color: ENDING_COLOR };
}

const cachedContexts = new Map<string, string>();

/** The words that menus look for in `viewItem`. Cached, since there are few combinations. */
function contextOf(key: KeyState): string {
  const { kind, credential, pinned, reading, readFrom, separatedFrom, via } = key;
  const isOwn = via === undefined;
  const paused = isPaused(key);
  const hasModels = Boolean(reading?.models);
  const isRead = isOwn && readFrom !== undefined;
  const isSeparated = separatedFrom !== undefined;
  const type = `${kind} ${credential} ${pinned} ${paused} ${hasModels} ${isRead} ${isSeparated} ${isOwn}`;
  const cached = cachedContexts.get(type);
  if (cached !== undefined) return cached;
  const context = lineContext(
    'key',
    pinned ? 'pinned' : 'unpinned',
    // What concerns the secret, and whether it is asked, is the server's.
    ...(isOwn ? ([paused ? 'paused' : 'checked', 'own'] as const) : []),
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
  const abilities = (['verify', 'plans', 'logs', 'keyList', 'testCall'] as const).filter(
    ability => gateway && hasAbility(gateway, credential, ability),
  );
  return abilities.map(ability => `can-${ability}` as const);
}
