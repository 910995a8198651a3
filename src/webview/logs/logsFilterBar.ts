import * as l10n from '@vscode/l10n';
import { EMPTY_FORM, type LogForm } from '../../core/panels/logsForm.ts';
import { LOG_TYPES, type LogFilterName } from '../../core/usage/logRow.ts';
import { logTypeText } from '../../text/logType.ts';
import { button } from '../widgets/button.ts';
import { choice } from '../widgets/choice.ts';
import { createElement } from '../widgets/element.ts';
import { type Field, field } from '../widgets/field.ts';

type TextName = Exclude<keyof LogForm, 'type'>;

export interface LogsFilterOptions {
  readonly search: (form: LogForm) => void;
  /** Hears what is typed before it is sent. */
  readonly typed: (form: LogForm) => void;
}

/** The filter of a log: any of its members may stay empty. */
export class LogsFilterBar {
  readonly element: HTMLElement;
  readonly #options: LogsFilterOptions;
  readonly #fields: Readonly<Record<TextName, Field>>;
  readonly #typeChoice = choice(filterName('type'), typeChoices(), '', type => {
    this.#type = type;
    this.#submit();
  });
  #type: LogForm['type'] = '';
  #asked = '';

  constructor(options: LogsFilterOptions) {
    this.#options = options;
    const line = (name: TextName, placeholder?: string) =>
      field(filterName(name), {
        placeholder,
        typed: () => this.#options.typed(this.#form),
        entered: () => this.#submit(),
      });
    this.#fields = {
      keyName: line('keyName'),
      model: line('model', 'claude-%'),
      group: line('group'),
      requestId: line('requestId'),
      from: line('from', '2026-06-01'),
      to: line('to', '2026-06-30'),
    };
    this.element = createElement(
      'div',
      { class: 'row', role: 'search', 'aria-label': l10n.t('Filter') },
      ...Object.values(this.#fields).map(({ element }) => element),
      this.#typeChoice.element,
      button(l10n.t('Search'), () => this.#submit()),
      button(l10n.t('Clear'), () => {
        this.#fill(EMPTY_FORM);
        this.#submit();
      }),
    );
  }

  /** Shows the filter that is asked for. The answer to a search leaves alone what is typed meanwhile. */
  show(form: LogForm): void {
    if (nameOf(form) === this.#asked) return;
    this.#asked = nameOf(form);
    this.#fill(form);
  }

  /** Puts back what was typed and not sent. */
  type(form: LogForm): void {
    this.#fill(form);
  }

  #fill(form: LogForm): void {
    this.#type = form.type;
    this.#typeChoice.set(form.type);
    for (const [name, { input }] of Object.entries(this.#fields)) input.value = form[name as TextName];
  }

  get #form(): LogForm {
    const typed = (name: TextName) => this.#fields[name].input.value;
    return {
      type: this.#type,
      keyName: typed('keyName'),
      model: typed('model'),
      group: typed('group'),
      requestId: typed('requestId'),
      from: typed('from'),
      to: typed('to'),
    };
  }

  #submit(): void {
    const form = this.#form;
    this.#asked = nameOf(form);
    this.#options.typed(form);
    this.#options.search(form);
  }
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

/** Equal for equal forms. */
function nameOf(form: LogForm): string {
  return JSON.stringify(Object.entries(form).sort());
}

/** What requests cost comes first; the rest are rare. */
const COMMON_TYPES = ['consume', 'refund', 'error'] as const satisfies readonly LogForm['type'][];

function typeChoices() {
  const types = new Set([...COMMON_TYPES, ...LOG_TYPES]);
  return [['', l10n.t('any')], ...[...types].map(type => [type, logTypeText(type)] as const)] as const;
}
