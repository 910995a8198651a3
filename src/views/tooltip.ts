import { byAttention } from '../quota/attention.ts';
import type { KeyState } from '../quota/keyState.ts';
import { t } from '../words/l10n.ts';
import { relativeText } from '../words/time.ts';
import { STATUS_ICON } from './icons.ts';
import { ageText, expiryOf, figureOfTotalText, isAssumed, nextCheckText, noticeText } from './keyWords.ts';
import { escapeMarkdown, markdownTable } from './markdown.ts';

/** Commands that links in a tooltip may run; nothing else is trusted there. */
export const TOOLTIP_COMMANDS: readonly string[] = [
  'keyQuota.refreshAll',
  'keyQuota.addKey',
  'keyQuota.keys.focus',
];

const MAX_ROWS = 12;

/** All keys at a glance, most urgent first: figure, notice, expiry, age and next check of each. */
export function tooltipMarkdown(keys: readonly KeyState[], now: number): string {
  const sorted = [...keys].sort(byAttention(now));
  const rows = sorted.slice(0, MAX_ROWS).map(key => rowOf(key, now));
  const head = [t('Key'), t('Left'), t('Ends'), t('As of'), t('Next check')].map(escapeMarkdown);
  const parts = [markdownTable(head, rows)];
  if (sorted.length > MAX_ROWS) parts.push(escapeMarkdown(t('and {0} more', sorted.length - MAX_ROWS)));
  if (keys.some(isAssumed)) {
    parts.push(escapeMarkdown(t('≈ The gateway does not say its unit; the usual one is assumed.')));
  }
  parts.push(
    [
      `[$(refresh) ${t('Refresh')}](command:keyQuota.refreshAll)`,
      `[$(list-tree) ${t('Show All')}](command:keyQuota.keys.focus)`,
      `[$(add) ${t('Add Key…')}](command:keyQuota.addKey)`,
    ].join(' &nbsp; '),
  );
  return parts.join('\n\n');
}

function rowOf(key: KeyState, now: number): string[] {
  const expiry = expiryOf(key);
  const figure = [figureOfTotalText(key), noticeText(key, now)]
    .filter(text => text !== undefined)
    .join(' · ');
  return [
    `$(${STATUS_ICON[key.status]}) ${escapeMarkdown(key.label)}`,
    escapeMarkdown(figure || '–'),
    escapeMarkdown(expiry ? relativeText(expiry, now) : '–'),
    escapeMarkdown(ageText(key, now)),
    escapeMarkdown(key.nextCheckAt ? nextCheckText(key, now) : t('paused')),
  ];
}
