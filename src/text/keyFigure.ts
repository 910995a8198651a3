import * as l10n from '@vscode/l10n';
import { type Headroom, headroomOf, shareLeft } from '../core/quota/headroom.ts';
import type { KeyState } from '../core/quota/keyState.ts';
import { isSpendUnit } from '../core/quota/unit.ts';
import { accountKeysText } from './accountKeyCount.ts';
import { amountText } from './amount.ts';
import { shareLeftText } from './percent.ts';
import {
  countOfTotalText,
  countOrAmountText,
  leadOfTotalText,
  leadText,
  leadWithShareText,
  withWindowName,
} from './quotaWindow.ts';

/** The headline figure, or undefined while there is none. An assumed unit is marked with `≈`. */
export function figureText(state: KeyState): string | undefined {
  if (!state.reading) return undefined;
  const headroom = headroomOf(state.reading);
  const text = leadText(headroom) ?? accountKeysText(state.reading);
  return text === undefined ? undefined : markAssumed(state, headroom, text);
}

function markAssumed(state: KeyState, { unit }: Headroom, figure: string): string {
  return isAssumed(state) && isSpendUnit(unit) ? `≈ ${figure}` : figure;
}

/** Whether the unit is the default rather than from the gateway or the user. */
export function isAssumed({ reading }: KeyState): boolean {
  return reading?.unit.source === 'default' && reading.unit.code !== 'UNITS';
}

/** The figure without the name of its window, for a sentence that names it. */
export function figureOfWindowText(state: KeyState): string {
  const headroom = headroomOf(state.reading);
  return markAssumed(state, headroom, countOrAmountText(headroom));
}

/** The figure with its share of the total, for narrow places: `$12.40 (62%)`, `$12.40 (62%, month)`. */
export function figureWithShareText(state: KeyState): string | undefined {
  const figure = figureText(state);
  const headroom = headroomOf(state.reading);
  const share = shareLeft(headroom);
  if (figure === undefined || share === undefined) return figure;
  return headroom.window
    ? markAssumed(state, headroom, leadWithShareText(headroom))
    : l10n.t('{0} ({1})', figure, shareLeftText(share));
}

/** The figure with its total: `$12.40 of $20.00 (62%)`, `$12.40 of $20.00 (62%, month)`. */
export function figureOfTotalText(state: KeyState, figure = figureText(state)): string | undefined {
  const { reading } = state;
  if (!reading) return undefined;
  const headroom = headroomOf(reading);
  const share = shareLeft(headroom);
  if (figure === undefined || headroom.total === undefined || share === undefined) return figure;
  return headroom.window
    ? markAssumed(state, headroom, leadOfTotalText(headroom))
    : l10n.t('{0} of {1} ({2})', figure, amountText(headroom.total, headroom.unit), shareLeftText(share));
}

/** What is left, of what: `$12.40 of $20.00 left`, `$2.00 of $20.00 left (team “Core”)`, `∞ · used $3.00`. */
export function leftOfTotalText(state: KeyState): string | undefined {
  const headroom = headroomOf(state.reading);
  if (!isLeft(state)) return figureText(state);
  const left = l10n.t('{0} left', countOfTotalText(headroom));
  return markAssumed(state, headroom, withWindowName(left, headroom));
}

/** Whether the figure is what is left; a number of keys is not, and an unlimited key shows what was used. */
export function isLeft({ reading }: KeyState): boolean {
  const headroom = headroomOf(reading);
  return !headroom.unlimited && headroom.remaining !== undefined;
}
