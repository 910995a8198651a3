import { byAttention } from '../quota/attention.ts';
import type { KeyState } from '../quota/keyState.ts';
import type { Status } from '../quota/status.ts';
import { t } from '../words/l10n.ts';
import { STATUS_ICON, withoutIcons } from './icons.ts';
import { figureText, noticeText, spokenText } from './keyWords.ts';
import { tooltipMarkdown } from './tooltip.ts';

/** All that the status bar item shows, as plain values. */
export interface StatusBarText {
  readonly text: string;
  readonly spoken: string;
  /** Markdown; command links and theme icons in it are ours alone. */
  readonly tooltip: string;
  readonly background?: 'warning' | 'error';
  /** What a click does. */
  readonly command: string;
}

const MAX_LABEL = 24;

const BACKGROUND: Readonly<Partial<Record<Status, 'warning' | 'error'>>> = {
  low: 'warning',
  exhausted: 'error',
  expired: 'error',
};

/** The item for a snapshot: the pinned key that is tightest, else the key that needs attention most. */
export function statusBarText(keys: readonly KeyState[], now: number): StatusBarText {
  const key = leadingKey(keys, now);
  if (!key) {
    return {
      text: `$(key) ${t('Add API key')}`,
      spoken: t('Key Quota: no keys yet. Add one.'),
      tooltip: t('Key Quota watches how much is left on your API keys.'),
      command: 'keyQuota.addKey',
    };
  }
  const parts = [shorten(key.label), figureText(key), noticeText(key, now)];
  const words = parts.filter(part => part !== undefined).join(' · ');
  return {
    text: `$(${STATUS_ICON[key.status]}) ${withoutIcons(words)}`,
    spoken: t('Key Quota: {0}', spokenText(key, now)),
    tooltip: tooltipMarkdown(keys, now),
    background: BACKGROUND[key.status],
    command: 'keyQuota.keys.focus',
  };
}

/** The key the item speaks of. */
export function leadingKey(keys: readonly KeyState[], now: number): KeyState | undefined {
  const pinned = keys.filter(key => key.pinned);
  return [...(pinned.length > 0 ? pinned : keys)].sort(byAttention(now))[0];
}

function shorten(label: string): string {
  const signs = [...label];
  return signs.length > MAX_LABEL ? `${signs.slice(0, MAX_LABEL - 1).join('')}…` : signs.join('');
}
