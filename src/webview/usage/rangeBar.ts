import * as l10n from '@vscode/l10n';
import { parseRange } from '../../core/usage/range.ts';
import { RANGE_PRESETS, type RangeEnds, type RangePreset } from '../../core/usage/rangePresets.ts';
import { presetName, rangeProblemText } from '../../text/range.ts';
import { wallClock } from '../../text/zoneName.ts';
import { button, setPressed, setUsable } from '../widgets/button.ts';
import { createElement } from '../widgets/element.ts';
import { field } from '../widgets/field.ts';

export interface RangeBarOptions {
  readonly askPreset: (preset: RangePreset) => void;
  readonly askRange: (ends: RangeEnds) => void;
  /** Hears what is typed before it is sent. */
  readonly typed: (ends: RangeEnds) => void;
}

/** The ranges to choose from: the usual ones as buttons, and two dates that are checked while typing. */
export class RangeBar {
  readonly element: HTMLElement;
  readonly #options: RangeBarOptions;
  readonly #presets = RANGE_PRESETS.map(preset => ({
    preset,
    button: button(presetName(preset), () => this.#options.askPreset(preset), { 'aria-pressed': 'false' }),
  }));
  readonly #from = field(l10n.t('From'), this.#fieldOptions('2026-06-01'));
  readonly #to = field(l10n.t('To'), this.#fieldOptions('2026-06-30'));
  readonly #ask = button(l10n.t('Show'), () => this.#enter());
  readonly #problem = createElement('span', { class: 'problem', role: 'status' });
  #shown = '';

  constructor(options: RangeBarOptions) {
    this.#options = options;
    const presets = this.#presets.map(each => each.button);
    this.element = createElement(
      'div',
      { class: 'ranges' },
      createElement('div', { class: 'row', role: 'group', 'aria-label': l10n.t('Range') }, ...presets),
      createElement(
        'div',
        { class: 'row', role: 'group', 'aria-label': l10n.t('Two dates') },
        this.#from.element,
        this.#to.element,
        this.#ask,
        this.#problem,
      ),
    );
  }

  /** Shows which range is on the screen. */
  show(ends: RangeEnds, preset: RangePreset | undefined): void {
    for (const each of this.#presets) setPressed(each.button, each.preset === preset);
    // More figures for the same range leave alone what is typed meanwhile.
    const name = `${ends.from} ${ends.to}`;
    if (name === this.#shown) return;
    this.#shown = name;
    // Moments do not fit here, and are no dates to go on from.
    this.#from.input.value = dayOrNothing(ends.from);
    this.#to.input.value = dayOrNothing(ends.to);
    this.#tell(undefined);
  }

  #fieldOptions(placeholder: string) {
    return { placeholder, typed: () => this.#heard(), entered: () => this.#enter() };
  }

  /** Puts back what was typed and not sent. */
  type({ from, to }: RangeEnds): void {
    this.#from.input.value = from;
    this.#to.input.value = to;
    this.#check();
  }

  #heard(): void {
    this.#check();
    this.#options.typed(this.#typed);
  }

  get #typed(): RangeEnds {
    return { from: this.#from.input.value.trim(), to: this.#to.input.value.trim() };
  }

  #check(): RangeEnds | undefined {
    const ends = this.#typed;
    const { problem } = parseRange(ends.from, ends.to, wallClock(Date.now()));
    this.#tell(problem && rangeProblemText(problem));
    return problem ? undefined : ends;
  }

  #enter(): void {
    const ends = this.#check();
    if (ends) this.#options.askRange(ends);
  }

  #tell(problem: string | undefined): void {
    this.#problem.textContent = problem ?? '';
    this.#from.mark(problem);
    this.#to.mark(problem);
    setUsable(this.#ask, problem === undefined);
  }
}

function dayOrNothing(end: string): string {
  return end.length === 'yyyy-mm-dd'.length ? end : '';
}
