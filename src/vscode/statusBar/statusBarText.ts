import * as l10n from '@vscode/l10n';
import { countTroubled, sortedByAttention, unusableAndUnused } from '../../core/quota/attention.ts';
import { isPaused } from '../../core/quota/failure.ts';
import type { KeyState } from '../../core/quota/keyState.ts';
import type { Status } from '../../core/quota/statusName.ts';
import { joinClauses } from '../../text/clauses.ts';
import { spokenText } from '../../text/keyTexts.ts';
import type { CommandId } from '../commands/commandIds.ts';
import { iconOnly, type ShownText, withCount, withIcon } from '../host/shownText.ts';
import { DEFAULT_LOOK, type StatusBarLook } from '../host/statusBarLook.ts';
import { keyIcon, STATUS_ICON } from '../views/icons.ts';
import type { TooltipOf } from '../views/tooltip.ts';
import { styledFigure, styledNotice, templateText } from './statusBarFigure.ts';
import { fitLabel, fitText } from './statusBarFit.ts';
import { hasField } from './statusBarTemplate.ts';

/** All that a status bar item shows, as plain values. */
export interface StatusBarText {
  /** The id by which VS Code remembers the item, also when the user hides it. */
  readonly id: string;
  /** The order of the items: the lowest comes first. */
  readonly place: number;
  /** The name of the item in the status bar's context menu. */
  readonly name: string;
  readonly text: ShownText;
  readonly spoken: string;
  /** Markdown; command links and theme icons in it come from the extension alone. Absent until its code is loaded. */
  readonly tooltip?: string;
  readonly background?: 'warning' | 'error';
  /** The command of a click. */
  readonly command: CommandId;
  /** The key that the command begins with. */
  readonly keyId?: string;
}

const BACKGROUND: Readonly<Partial<Record<Status, 'warning' | 'error'>>> = {
  low: 'warning',
  exhausted: 'error',
  expired: 'error',
};

/** The items for a snapshot: one for all keys, or one for each pinned key. */
export function statusBarItems(
  keys: readonly KeyState[],
  now: number,
  look: StatusBarLook,
  tooltipOf?: TooltipOf,
): readonly StatusBarText[] {
  if (!look.visible) return [];
  const pinned = look.items === 'perKey' ? keys.filter(key => key.pinned) : [];
  return pinned.length > 0
    ? pinned.map(key => ({
        ...itemOf(key, keys.indexOf(key), now, look),
        tooltip: tooltipOf?.([key], now),
      }))
    : [statusBarText(keys, now, look, tooltipOf)];
}

/** The one item for all keys: the pinned key that is tightest, else the one that needs attention most. */
export function statusBarText(
  keys: readonly KeyState[],
  now: number,
  look: StatusBarLook = DEFAULT_LOOK,
  tooltipOf?: TooltipOf,
): StatusBarText {
  const key = leadingKey(keys, now);
  const own = { id: 'keyQuota.main', place: 0, name: l10n.t('Key Quota') };
  if (!key) {
    return {
      ...own,
      text: withIcon('key', l10n.t('Add API key')),
      spoken: l10n.t('Key Quota: no keys yet. Add one.'),
      tooltip: l10n.t('Key Quota watches how much is left on your API keys.'),
      command: 'keyQuota.addKey',
    };
  }
  const others = countTroubled(keys, now, each => each === key);
  const { background, ...item } = itemOf(key, 0, now, withRoomFor(others, look));
  return {
    ...item,
    ...own,
    // No warning color for a key that is unusable and unused.
    background: unusableAndUnused(keys, now).has(key) ? undefined : background,
    text: others === 0 ? item.text : withCount(item.text, others, STATUS_ICON.low),
    spoken:
      others === 0
        ? item.spoken
        : joinClauses([item.spoken, l10n.t('others that need attention: {0}', others)]),
    tooltip: tooltipOf?.(keys, now),
    keyId: undefined,
  };
}

function withRoomFor(others: number, look: StatusBarLook): StatusBarLook {
  if (others === 0 || look.maxLength === 0) return look;
  // An icon is about as wide as two letters; with two spaces and a `+` that makes four more.
  return { ...look, maxLength: Math.max(1, look.maxLength - 4 - `${others}`.length) };
}

/** The key that the single item shows: a pinned one, else one that is in use and checked. */
export function leadingKey(keys: readonly KeyState[], now: number): KeyState | undefined {
  const sorted = sortedByAttention(keys, now);
  const beside = unusableAndUnused(keys, now);
  return (
    sorted.find(key => key.pinned) ?? sorted.find(key => !beside.has(key) && !isPaused(key)) ?? sorted[0]
  );
}

function itemOf(key: KeyState, place: number, now: number, look: StatusBarLook): StatusBarText {
  return {
    id: `keyQuota.key.${key.id}`,
    place,
    name: l10n.t('Key Quota: {0}', key.label),
    text: textOf(key, now, look),
    spoken: l10n.t('Key Quota: {0}', spokenWith(key, now, look)),
    background: look.colors && !isPaused(key) ? BACKGROUND[key.status] : undefined,
    command: 'keyQuota.showKeys',
    keyId: key.id,
  };
}

/** A key as a sentence for screen readers, with what the style shows besides; bars are read as their share. */
function spokenWith(key: KeyState, now: number, { style, template }: StatusBarLook): string {
  const spoken = spokenText(key, now);
  if (style === 'icon') return spoken;
  const styled = style === 'template' ? templateText(key, template, '', now) : styledFigure(key, style, now);
  const words = styled?.replaceAll(/[■□]/g, '').trim();
  return !words || spoken.includes(words) ? spoken : joinClauses([spoken, words]);
}

function textOf(key: KeyState, now: number, { style, template, maxLength }: StatusBarLook): ShownText {
  const icon = keyIcon(key);
  if (style === 'icon') return iconOnly(icon);
  if (style === 'template') {
    const notice = hasField(template, 'status') ? undefined : styledNotice(key, 'amount', now);
    const textWith = (label: string) =>
      [templateText(key, template, label, now), notice].filter(text => text).join(' · ');
    return withIcon(icon, fitLabel(key.label, textWith, maxLength));
  }
  const words = fitText(key.label, styledFigure(key, style, now), styledNotice(key, style, now), maxLength);
  return withIcon(icon, words);
}
