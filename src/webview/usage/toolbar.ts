import * as l10n from '@vscode/l10n';
import type { FromUsagePage } from '../../core/panels/usageMessages.ts';
import { EXPORT_FORMATS } from '../../core/usage/exportFormat.ts';
import { button, setPressed, setUsable } from '../widgets/button.ts';
import { type Choice, choice } from '../widgets/choice.ts';
import { createElement } from '../widgets/element.ts';
import type { TableKind, ViewState } from './viewState.ts';

/** What can be chosen among the figures on the screen. */
export interface Choices {
  readonly hours: boolean;
  readonly comparing: boolean;
  readonly hasReports: boolean;
}

export interface ToolbarOptions {
  readonly changed: (change: Partial<ViewState>) => void;
  readonly post: (message: FromUsagePage) => void;
}

/** How to look at the figures, and where to take them. */
export class Toolbar {
  readonly element: HTMLElement;
  readonly #stackBy: Choice<ViewState['stackBy']>;
  readonly #step: Choice<ViewState['step']>;
  readonly #table: Choice<TableKind>;
  readonly #compare = button(l10n.t('Compare with the period before'), () => this.#toggleCompare(), {
    'aria-pressed': 'false',
  });
  readonly #exports: readonly ReturnType<typeof button>[];
  readonly #post: ToolbarOptions['post'];
  #comparing = false;

  constructor({ changed, post }: ToolbarOptions, view: ViewState) {
    this.#post = post;
    this.#stackBy = choice(l10n.t('Stack'), stackChoices(), view.stackBy, stackBy => changed({ stackBy }));
    this.#step = choice(l10n.t('Bars'), stepChoices(), view.step, step => changed({ step }));
    this.#table = choice(l10n.t('Table'), tableChoices(), view.table, table => changed({ table }));
    this.#exports = EXPORT_FORMATS.map(format =>
      button(
        format === 'markdown' ? 'Markdown' : format.toUpperCase(),
        () => post({ type: 'export', format }),
        {
          'aria-label': l10n.t('Export as {0}', format === 'markdown' ? 'Markdown' : format.toUpperCase()),
        },
      ),
    );
    this.element = createElement(
      'div',
      { class: 'row' },
      this.#stackBy.element,
      this.#step.element,
      this.#table.element,
      this.#compare,
      createElement(
        'span',
        { class: 'exports', role: 'group', 'aria-label': l10n.t('Export') },
        createElement('span', { 'aria-hidden': 'true' }, l10n.t('Export')),
        ...this.#exports,
      ),
    );
  }

  show({ hours, comparing, hasReports }: Choices): void {
    this.#comparing = comparing;
    this.#step.element.hidden = !hours;
    setPressed(this.#compare, comparing);
    for (const each of this.#exports) setUsable(each, hasReports);
  }

  #toggleCompare(): void {
    this.#post({ type: 'compare', on: !this.#comparing });
  }
}

function stackChoices() {
  return [
    ['key', l10n.t('by key')],
    ['model', l10n.t('by model')],
  ] as const;
}

function stepChoices() {
  return [
    ['finest', l10n.t('hours')],
    ['day', l10n.t('days')],
  ] as const;
}

function tableChoices() {
  return [
    ['time', l10n.t('over time')],
    ['key', l10n.t('by key')],
    ['model', l10n.t('by model')],
    ['detail', l10n.t('every figure')],
  ] as const;
}
