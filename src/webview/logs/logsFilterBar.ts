import * as l10n from '@vscode/l10n';
import { html, type TemplateResult } from 'lit';
import { EMPTY_LOG_FORM, type LogForm } from '../../core/panels/logsForm.ts';
import { LOG_TYPES, type LogFilterName } from '../../core/usage/logRow.ts';
import { logTypeText } from '../../text/logType.ts';
import { button } from '../widgets/button.ts';
import { choice } from '../widgets/choice.ts';
import { field } from '../widgets/field.ts';

export interface LogsFilterOptions {
  /** What the fields show, whether it was searched for or not. */
  readonly form: LogForm;
  readonly onSearch: (form: LogForm) => void;
  /** Called with what is typed before it is searched for. */
  readonly onInput: (form: LogForm) => void;
}

/** The filter of a log, of which any field may be empty. */
export function logsFilterBar({ form, onSearch, onInput }: LogsFilterOptions): TemplateResult {
  const textField = (name: Exclude<keyof LogForm, 'type'>, placeholder?: string) =>
    field(filterName(name), {
      value: form[name],
      placeholder,
      onInput: value => onInput({ ...form, [name]: value }),
      onEnter: () => onSearch(form),
    });
  return html`<div class="row" role="search" aria-label=${l10n.t('Filter')}>
    ${textField('keyName')} ${textField('model', 'claude-%')} ${textField('group')} ${textField('requestId')}
    ${textField('from', '2026-06-01')} ${textField('to', '2026-06-30')}
    ${choice(filterName('type'), typeChoices(), form.type, type => onSearch({ ...form, type }))}
    ${button(l10n.t('Search'), () => onSearch(form))} ${button(l10n.t('Clear'), () => onSearch(EMPTY_LOG_FORM))}
  </div>`;
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
      return l10n.t('Request id');
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
