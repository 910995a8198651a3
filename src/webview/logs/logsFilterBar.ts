import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { EMPTY_LOG_FORM, type LogForm } from '../../core/panels/logsForm.ts';
import { LOG_TYPES, type LogFilterName } from '../../core/usage/logRow.ts';
import { parseRange } from '../../core/usage/range.ts';
import { presetEnds } from '../../core/usage/rangePresets.ts';
import { logTypeText } from '../../text/logType.ts';
import { presetName, rangeProblemText } from '../../text/range.ts';
import { wallClock } from '../../text/zoneName.ts';
import { button } from '../widgets/button.ts';
import { choice } from '../widgets/choice.ts';
import { field } from '../widgets/field.ts';

export interface LogsFilterOptions {
  /** What the fields show, whether it was searched for or not. */
  readonly form: LogForm;
  readonly onSearch: (form: LogForm) => void;
  /** Called with what is typed before it is searched for. */
  readonly onInput: (form: LogForm) => void;
  /** The account's keys by the names in its log, and whether these are all. */
  readonly keyNames: readonly string[];
  readonly isKeyListWhole: boolean;
}

/** The filter of a log, of which any field may be empty, and what is wrong with it. */
export function logsFilterBar(options: LogsFilterOptions): TemplateResult {
  const { form, onSearch, onInput } = options;
  const rangeProblem = logRangeProblem(form);
  const search = () => (rangeProblem === undefined ? onSearch(form) : onInput(form));
  const textField = (name: Exclude<keyof LogForm, 'type'>, placeholder?: string) =>
    field(filterName(name), {
      value: form[name],
      placeholder,
      problem: name === 'from' || name === 'to' ? rangeProblem : undefined,
      onInput: value => onInput({ ...form, [name]: value }),
      onEnter: search,
    });
  return html`<div role="search" aria-label=${l10n.t('Filter')}>
    <div class="row" role="group" aria-label=${l10n.t('Range')}>${presetButtons(options)}</div>
    <div class="row">
      ${textField('from', '2026-06-01')} ${textField('to', '2026-06-30')} ${keyList(options)} ${textField('keyName')}
      ${textField('model', 'claude-%')} ${textField('group')} ${textField('requestId')}
      ${choice(filterName('type'), typeChoices(), form.type, type => onSearch({ ...form, type }))}
      ${button(l10n.t('Search'), search, { isUsable: rangeProblem === undefined })}
      ${button(l10n.t('Clear'), () => onSearch(EMPTY_LOG_FORM))}
    </div>
    <p class="problem" role="status">${rangeProblem ?? ''}</p>
    <p class="zone" role="status">${keyDoubt(options) ?? ''}</p>
  </div>`;
}

/** What is wrong with the range of a filter. One end alone may be about to be followed by the other, if it is a date. */
export function logRangeProblem(form: Pick<LogForm, 'from' | 'to'>): string | undefined {
  const [from, to] = [form.from.trim(), form.to.trim()];
  if (from === '' || to === '') return isTyped(from || to) ? noDateProblem(from || to) : undefined;
  const { problem } = parseRange(from, to, wallClock(Date.now()));
  return problem && rangeProblemText(problem);
}

/** Whether a date has its full length, so that it is not still being typed. */
function isTyped(text: string): boolean {
  return text.length >= '2026-06-01'.length;
}

function noDateProblem(text: string): string | undefined {
  const { problem } = parseRange(text, text, wallClock(Date.now()));
  return problem === 'not-a-date' ? rangeProblemText(problem) : undefined;
}

/** Why a filter may find nothing: the account has no key of that name. A pattern is no name. */
export function keyDoubt({
  form,
  keyNames,
  isKeyListWhole,
}: Pick<LogsFilterOptions, 'form' | 'keyNames' | 'isKeyListWhole'>): string | undefined {
  const name = form.keyName.trim();
  if (name === '' || !isKeyListWhole || name.includes('%') || keyNames.includes(name)) return undefined;
  return l10n.t('The account has no key named “{0}”; rows of one that was deleted may still be there.', name);
}

/** Without the last 24 hours, which are no days, and quarters, which are too long for a log. */
const LOG_PRESETS = [
  'today',
  'yesterday',
  'last-7-days',
  'last-30-days',
  'this-month',
  'last-month',
] as const;

function presetButtons({ form, onSearch }: LogsFilterOptions): readonly TemplateResult[] {
  return LOG_PRESETS.map(preset => {
    const { from, to } = presetEnds(preset, wallClock(Date.now()));
    const isPressed = form.from === from && form.to === to;
    return button(presetName(preset), () => onSearch({ ...form, from, to }), { isPressed });
  });
}

/** The keys to choose from, where any is known. */
function keyList(options: LogsFilterOptions): TemplateResult | typeof nothing {
  const { form, keyNames, onSearch } = options;
  if (keyNames.length === 0) return nothing;
  return choice(l10n.t('Key'), keyChoices(options), form.keyName, keyName => onSearch({ ...form, keyName }));
}

function keyChoices({ form, keyNames }: LogsFilterOptions) {
  const others = form.keyName === '' || keyNames.includes(form.keyName) ? [] : [form.keyName];
  return [['', l10n.t('any')], ...[...others, ...keyNames].map(name => [name, name] as const)] as const;
}

/** The label of a filter's field. */
export function filterName(name: LogFilterName): string {
  switch (name) {
    case 'type':
      return l10n.t('Type');
    case 'keyName':
      return l10n.t('Key name');
    case 'model':
      return l10n.t('Model');
    case 'group':
      return l10n.t('Group');
    case 'requestId':
      return l10n.t('Request ID');
    case 'from':
      return l10n.t('From');
    case 'to':
      return l10n.t('To');
  }
}

/** The types that cost something, and errors, come first; the others are rare. */
const COMMON_TYPES = ['consume', 'refund', 'error'] as const satisfies readonly LogForm['type'][];

function typeChoices() {
  const types = new Set([...COMMON_TYPES, ...LOG_TYPES]);
  return [['', l10n.t('any')], ...[...types].map(type => [type, logTypeText(type)] as const)] as const;
}
