import { addressOf, baseUrlOf } from '../../core/input/baseUrl.ts';
import { sortedByAttention } from '../../core/quota/attention.ts';
import type { KeyState } from '../../core/quota/keyState.ts';
import { figureOfTotalText } from '../../text/keyFigure.ts';
import { noticeText } from '../../text/keyTexts.ts';
import { statusText } from '../../text/status.ts';
import { relativeText } from '../../text/time.ts';
import type { Source } from './source.ts';
import { aligned, terminalName, terminalText } from './terminalText.ts';

const HEADS = ['KEY', 'GATEWAY', 'LEFT', 'STATUS', 'AS OF'];
/** The column of figures. */
const RIGHT_ALIGNED: ReadonlySet<number> = new Set([HEADS.indexOf('LEFT')]);

/** Keys as a table, those that need attention first, with the age of each figure. */
export async function statusTable({ keys, now }: Pick<Source, 'keys' | 'now'>): Promise<string> {
  if (keys.length === 0) return 'There are no keys yet.';
  const rows = [HEADS, ...sortedByAttention(keys, now).map(key => cellsOf(key, now))];
  return (await aligned(rows, RIGHT_ALIGNED)).map(row => row.join('  ').trimEnd()).join('\n');
}

function cellsOf(key: KeyState, now: number): readonly string[] {
  const { reading, status } = key;
  return [
    terminalName(key.label),
    terminalText(addressOf(baseUrlOf(key))),
    terminalText(figureOfTotalText(key) ?? '–'),
    terminalText(noticeText(key, now) ?? statusText(status)),
    reading ? relativeText(reading.takenAt, now) : 'not yet',
  ];
}
