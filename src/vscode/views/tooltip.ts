import * as l10n from '@vscode/l10n';
import { sortedByAttention } from '../../core/quota/attention.ts';
import { endOf, endPhaseOf } from '../../core/quota/ends.ts';
import { isPaused } from '../../core/quota/failure.ts';
import type { KeyState } from '../../core/quota/keyState.ts';
import { escapeHoverMarkdown } from '../../text/escapeMarkdown.ts';
import { lastsUntilText } from '../../text/forecast.ts';
import {
  ageText,
  figureWithShareText,
  isAssumed,
  nextCheckText,
  noticeText,
  pausedNotice,
} from '../../text/keyTexts.ts';
import { markdownTable, nonBreaking } from '../../text/markdown.ts';
import { spentTodayText } from '../../text/spend.ts';
import { relativeText } from '../../text/time.ts';
import { unreadableTexts } from '../../text/unreadableText.ts';
import type { OwnCommand } from '../host/ownCommand.ts';
import { keyIcon } from './icons.ts';
import { spendLines } from './spendLines.ts';

/** Commands that links in a tooltip may run; nothing else is trusted there. */
export const TOOLTIP_COMMANDS = [
  'keyQuota.refreshAll',
  'keyQuota.addKey',
  'keyQuota.keys.focus',
] as const satisfies readonly OwnCommand[];

/** The tooltip of some keys as Markdown. */
export type TooltipOf = (keys: readonly KeyState[], now: number) => string;

const MAX_ROWS = 12;

/** All keys in a table, most urgent first: figure, notice, expiry, age and next check of each. */
export function tooltipMarkdown(keys: readonly KeyState[], now: number): string {
  const sorted = sortedByAttention(keys, now);
  const foreseen = sorted.some(key => key.forecast?.lastsUntil !== undefined);
  const spent = sorted.some(key => key.spend !== undefined);
  const columns = COLUMNS.filter(({ of }) => !of || (of === 'forecast' ? foreseen : spent));
  const rows = sorted.slice(0, MAX_ROWS).map(key => columns.map(({ cell }) => cell(key, now)));
  const parts = [
    markdownTable(
      columns.map(({ head }) => nonBreaking(head())),
      rows,
    ),
  ];
  if (sorted.length > MAX_ROWS)
    parts.push(escapeHoverMarkdown(l10n.t('and {0} more', sorted.length - MAX_ROWS)));
  const sums = spendLines(keys, now).map(line => escapeHoverMarkdown(line));
  if (sums.length > 0) parts.push(sums.join('  \n'));
  if (keys.some(isAssumed)) {
    parts.push(escapeHoverMarkdown(l10n.t('≈ The gateway does not say its unit; the usual one is assumed.')));
  }
  parts.push(
    [
      link(`$(refresh) ${l10n.t('Refresh')}`, 'keyQuota.refreshAll'),
      link(`$(list-tree) ${l10n.t('Show All')}`, 'keyQuota.keys.focus'),
      link(`$(add) ${l10n.t('Add Key…')}`, 'keyQuota.addKey'),
    ].join(' &nbsp; '),
  );
  return parts.join('\n\n');
}

function link(text: string, command: (typeof TOOLTIP_COMMANDS)[number]): string {
  return `[${text}](command:${command})`;
}

interface Column {
  readonly head: () => string;
  /** Markdown. */
  readonly cell: (key: KeyState, now: number) => string;
  /** Left out where no key has it. */
  readonly of?: 'forecast' | 'spend';
}

const COLUMNS: readonly Column[] = [
  {
    head: () => l10n.t('Key'),
    cell: key => `$(${keyIcon(key)}) ${escapeHoverMarkdown(key.label)}`,
  },
  {
    head: () => l10n.t('Left'),
    cell: (key, now) => {
      const words = [figureWithShareText(key), ...noticesOf(key, now)].filter(text => text !== undefined);
      return escapeHoverMarkdown(words.join(' · ') || '–');
    },
  },
  {
    head: () => l10n.t('Today'),
    cell: (key, now) => {
      const spent = spentTodayText(key, now);
      return nonBreaking(spent === undefined ? '–' : isAssumed(key) ? `≈ ${spent}` : spent);
    },
    of: 'spend',
  },
  {
    head: () => l10n.t('Lasts'),
    cell: ({ forecast }, now) => escapeHoverMarkdown(lastsUntilText(forecast, now) ?? '–'),
    of: 'forecast',
  },
  {
    head: () => l10n.t('Ends'),
    cell: (key, now) => {
      const end = endOf(key.reading);
      return nonBreaking(end && endPhaseOf(key, now) !== 'doubtful' ? relativeText(end.at, now) : '–');
    },
  },
  { head: () => l10n.t('As of'), cell: (key, now) => nonBreaking(ageText(key, now)) },
  {
    head: () => l10n.t('Next'),
    cell: (key, now) => nonBreaking(key.nextCheckAt ? nextCheckText(key, now) : noNextCheckText(key)),
  },
];

/** What no other column says: that an ok key ends soon stands among the ends, the age of a paused one beside it. */
function noticesOf(key: KeyState, now: number): readonly (string | undefined)[] {
  if (isPaused(key)) return [pausedNotice(key, now, { withAge: false })];
  return key.status === 'ok' ? unreadableTexts(key.reading) : [noticeText(key, now)];
}

/** Why there is no time: a pause is ended by a person, while polling resumes by itself with a key ring or a network. */
function noNextCheckText({ failure }: KeyState): string {
  return failure?.reason === 'secret-unanswered' || failure?.reason === 'offline'
    ? l10n.t('waiting')
    : l10n.t('paused');
}
