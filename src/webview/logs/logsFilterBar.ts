import * as l10n from '@vscode/l10n';
import { html, type TemplateResult } from 'lit';
import { EMPTY_LOG_FORM, type LogForm } from '../../core/panels/logsForm.ts';
import { LOG_TYPES, type LogFilterName } from '../../core/usage/logRow.ts';
import { logTypeText } from '../../text/logType.ts';
import { button } from '../widgets/button.ts';
import { choice } from '../widgets/choice.ts';
import { field } from '../widgets/field.ts';

export interface LogsFilterOptions {
  /** What the fields show, sent or not. */
  readonly form: LogForm;
  readonly search: (form: LogForm) => void;
  /** Hears what is typed before it is sent. */
  readonly typed: (form: LogForm) => void;
}

/** The filter of a log: any of its members may stay empty. */
export function logsFilterBar({ form, search, typed }: LogsFilterOptions): TemplateResult {
  const line = (name: Exclude<keyof LogForm, 'type'>, placeholder?: string) =>
    field(filterName(name), {
      value: form[name],
      placeholder,
      typed: value => typed({ ...form, [name]: value }),
      entered: () => search(form),
    });
  return html`<div class="row" role="search" aria-label=${l10n.t('Filter')}>
    ${line('keyName')} ${line('model', 'claude-%')} ${line('group')} ${line('requestId')}
    ${line('from', '2026-06-01')} ${line('to', '2026-06-30')}
    ${choice(filterName('type'), typeChoices(), form.type, type => search({ ...form, type }))}
    ${button(l10n.t('Search'), () => search(form))} ${button(l10n.t('Clear'), () => search(EMPTY_LOG_FORM))}
  </div>`;
}

/** A part of a filter as its field is called. */
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

/** What requests cost comes first; the rest are rare. */
const COMMON_TYPES = ['consume', 'refund', 'error'] as const satisfies readonly LogForm['type'][];

function typeChoices() {
  const types = new Set([...COMMON_TYPES, ...LOG_TYPES]);
  return [['', l10n.t('any')], ...[...types].map(type => [type, logTypeText(type)] as const)] as const;
}
