import * as l10n from '@vscode/l10n';
import { parseRange } from '../../../core/usage/range.ts';
import { presetEnds, RANGE_PRESETS, type RangeEnds } from '../../../core/usage/rangePresets.ts';
import { presetName, rangeProblemText } from '../../../text/range.ts';
import { askText, pickOne } from '../../host/forms.ts';
import { shownItem } from '../../host/shownItem.ts';

/** Asks for a range: a preset or two dates. undefined when the user cancelled. */
export async function askRange(title: string, now: number): Promise<RangeEnds | undefined> {
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
  const placeHolder = l10n.t('For which time?');
  const picked = await pickOne([...presets, dates], { title, placeHolder, ignoreFocusOut: true });
  return picked && (picked.ends ?? (await askDates(title, now)));
}

function daysText({ from, to }: RangeEnds): string {
  return from === to ? from : l10n.t('{0} to {1}', from, to);
}

async function askDates(title: string, now: number): Promise<RangeEnds | undefined> {
  const { from: aMonthAgo, to: today } = presetEnds('last-30-days', now);
  const from = await askDate(
    title,
    l10n.t('First day, for example {0}', aMonthAgo),
    aMonthAgo,
    text => [text, text],
    now,
  );
  if (from === undefined) return undefined;
  const to = await askDate(
    title,
    l10n.t('Last day, for example {0}', today),
    today,
    text => [from, text],
    now,
  );
  return to === undefined ? undefined : { from, to };
}

async function askDate(
  title: string,
  prompt: string,
  value: string,
  ends: (text: string) => readonly [from: string, to: string],
  now: number,
): Promise<string | undefined> {
  const text = await askText({
    title,
    prompt,
    value,
    ignoreFocusOut: true,
    validateInput: input => {
      const { problem } = parseRange(...ends(input.trim()), now);
      return problem && rangeProblemText(problem === 'half' ? 'not-a-date' : problem);
    },
  });
  return text?.trim();
}
