import * as l10n from '@vscode/l10n';
import { html, type TemplateResult } from 'lit';
import { parseRange } from '../../core/usage/range.ts';
import { RANGE_PRESETS, type RangeEnds, type RangePreset } from '../../core/usage/rangePresets.ts';
import { presetName, rangeProblemText } from '../../text/range.ts';
import { wallClock } from '../../text/zoneName.ts';
import { button } from '../widgets/button.ts';
import { field } from '../widgets/field.ts';

export interface RangeBarOptions {
  /** The range on the screen; undefined before the first answer. */
  readonly shown: RangeEnds | undefined;
  readonly preset: RangePreset | undefined;
  /** What was typed and not asked for yet. */
  readonly typed: RangeEnds | undefined;
  readonly askPreset: (preset: RangePreset) => void;
  readonly askRange: (ends: RangeEnds) => void;
  readonly type: (ends: RangeEnds) => void;
}

/** The range to ask about: preset ranges as buttons, and two dates that are validated while they are typed. */
export function rangeBar({
  shown,
  preset,
  typed,
  askPreset,
  askRange,
  type,
}: RangeBarOptions): TemplateResult {
  const ends = typed ?? daysOf(shown);
  const problem = typed && problemOf(typed);
  const ask = () => {
    if (problemOf(ends) === undefined) askRange(trimmed(ends));
    // Shows the problem of the dates that are there.
    else type(ends);
  };
  const presets = RANGE_PRESETS.map(each =>
    button(presetName(each), () => askPreset(each), { isPressed: each === preset }),
  );
  const dateField = (label: string, end: 'from' | 'to', placeholder: string) =>
    field(label, {
      value: ends[end],
      placeholder,
      problem,
      onInput: value => type({ ...ends, [end]: value }),
      onEnter: ask,
    });
  return html`<div class="ranges">
    <div class="row" role="group" aria-label=${l10n.t('Range')}>${presets}</div>
    <div class="row" role="group" aria-label=${l10n.t('Two dates')}>
      ${dateField(l10n.t('From'), 'from', '2026-06-01')} ${dateField(l10n.t('To'), 'to', '2026-06-30')}
      ${button(l10n.t('Show'), ask, { isUsable: problem === undefined })}
      <span class="problem" role="status">${problem ?? ''}</span>
    </div>
  </div>`;
}

/** Ends that are moments do not fit into the fields for days, so these are empty then. */
function daysOf(shown: RangeEnds | undefined): RangeEnds {
  const day = (end = '') => (end.length === 'yyyy-mm-dd'.length ? end : '');
  return { from: day(shown?.from), to: day(shown?.to) };
}

function trimmed({ from, to }: RangeEnds): RangeEnds {
  return { from: from.trim(), to: to.trim() };
}

function problemOf(ends: RangeEnds): string | undefined {
  const { from, to } = trimmed(ends);
  const { problem } = parseRange(from, to, wallClock(Date.now()));
  return problem && rangeProblemText(problem);
}
