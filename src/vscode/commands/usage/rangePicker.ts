import * as l10n from '@vscode/l10n';
import { parseRange } from '../../../core/usage/range.ts';
import { presetEnds, RANGE_PRESETS, type RangeEnds } from '../../../core/usage/rangePresets.ts';
import { presetName, rangeProblemText } from '../../../text/range.ts';
import { askTextOrBack, pickOneOrBack } from '../../host/backForms.ts';
import { type Answer, askSteps, BACK, type FormStep } from '../../host/formSteps.ts';
import { shownItem } from '../../host/shownItem.ts';

/** A range that is being asked for. */
export interface RangeDraft {
  /** Those of a preset; undefined where two dates are wanted. */
  readonly ends?: RangeEnds;
  readonly from?: string;
  readonly to?: string;
}

interface Draft {
  readonly range: RangeDraft;
}

/** Asks for a range: a preset or two dates. undefined when the user cancelled. */
export async function askRange(title: string, now: number): Promise<RangeEnds | undefined> {
  const draft = await askSteps<Draft>({ range: {} }, rangeSteps(title, now));
  return draft && endsOf(draft.range);
}

/** The questions for a range, as a part of a form. */
export function rangeSteps<State extends Draft>(title: string, now: number): readonly FormStep<State>[] {
  const withRange = (state: State, range: RangeDraft): State => ({
    ...state,
    range: { ...state.range, ...range },
  });
  const isNeeded = ({ range }: State) => range.ends === undefined;
  return [
    {
      ask: async (state, hasBack) => {
        const ends = await askPreset(title, now, hasBack);
        return ends === undefined || ends === BACK ? ends : withRange(state, ends);
      },
    },
    {
      isNeeded,
      ask: async (state, hasBack) => {
        const from = await askFirstDay(title, now, state.range, hasBack);
        return from === undefined || from === BACK ? from : withRange(state, { from });
      },
    },
    {
      isNeeded,
      ask: async (state, hasBack) => {
        const to = await askLastDay(title, now, state.range, hasBack);
        return to === undefined || to === BACK ? to : withRange(state, { to });
      },
    },
  ];
}

/** The range of a draft whose questions were all answered. */
export function endsOf({ ends, from = '', to = '' }: RangeDraft): RangeEnds {
  return ends ?? { from, to };
}

async function askPreset(
  title: string,
  now: number,
  hasBack: boolean,
): Promise<Answer<Pick<RangeDraft, 'ends'>>> {
  const presets = RANGE_PRESETS.map(preset => {
    const ends = presetEnds(preset, now);
    const isDays = ends.from.length === 10;
    return shownItem({ label: presetName(preset), description: isDays ? daysText(ends) : '', ends });
  });
  const dates = shownItem({
    icon: 'calendar',
    label: l10n.t('Two dates…'),
    ends: undefined,
    alwaysShow: true,
  });
  const placeHolder = l10n.t('For which period?');
  const options = { title, placeHolder, ignoreFocusOut: true };
  const picked = await pickOneOrBack([...presets, dates], options, hasBack);
  return picked === undefined || picked === BACK ? picked : { ends: picked.ends };
}

function daysText({ from, to }: RangeEnds): string {
  return from === to ? from : l10n.t('{0} to {1}', from, to);
}

function askFirstDay(
  title: string,
  now: number,
  { from }: RangeDraft,
  hasBack: boolean,
): Promise<Answer<string>> {
  const { from: aMonthAgo } = presetEnds('last-30-days', now);
  const prompt = l10n.t('First day, for example {0}', aMonthAgo);
  return askDate({ title, prompt, value: from ?? aMonthAgo, ends: text => [text, text], now }, hasBack);
}

function askLastDay(
  title: string,
  now: number,
  { from = '', to }: RangeDraft,
  hasBack: boolean,
): Promise<Answer<string>> {
  const { to: today } = presetEnds('last-30-days', now);
  const prompt = l10n.t('Last day, for example {0}', today);
  return askDate({ title, prompt, value: to ?? today, ends: text => [from, text], now }, hasBack);
}

interface DateQuestion {
  readonly title: string;
  readonly prompt: string;
  readonly value: string;
  /** The range of which a text would be an end. */
  readonly ends: (text: string) => readonly [from: string, to: string];
  readonly now: number;
}

async function askDate({ ends, now, ...question }: DateQuestion, hasBack: boolean): Promise<Answer<string>> {
  const text = await askTextOrBack(
    {
      ...question,
      ignoreFocusOut: true,
      validateInput: input => {
        const { problem } = parseRange(...ends(input.trim()), now);
        return problem && rangeProblemText(problem === 'half' ? 'not-a-date' : problem);
      },
    },
    hasBack,
  );
  return text === undefined || text === BACK ? text : text.trim();
}
