import { countTroubled, sortedByAttention } from '../../core/quota/attention.ts';
import type { KeyState } from '../../core/quota/keyState.ts';
import { figureWithShareText } from '../../text/keyFigure.ts';
import { statusText } from '../../text/status.ts';
import { relativeText } from '../../text/time.ts';
import { terminalName, terminalText } from './terminalText.ts';

/**
 * One short line for the status line of a terminal or an agent: the tightest key, and how many others need attention. An
 * old figure has its age.
 */
export function statusLine(keys: readonly KeyState[], now: number): string {
  const [first] = sortedByAttention(keys, now);
  if (!first) return 'no keys';
  const { status, reading } = first;
  const parts = [
    `${terminalName(first.label)} ${terminalText(figureWithShareText(first) ?? '–')}`,
    ...(status === 'ok' ? [] : [statusText(status)]),
    ...(reading && (status === 'stale' || first.failure) ? [relativeText(reading.takenAt, now)] : []),
  ];
  const attention = countTroubled(keys, now, key => key === first);
  return attention > 0 ? `${parts.join(' · ')} +${attention} ⚠` : parts.join(' · ');
}
