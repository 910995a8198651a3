import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { UsagePageRequest } from '../../core/panels/usageMessages.ts';
import { EXPORT_FORMATS, FORMAT_NAMES } from '../../core/usage/exportFormat.ts';
import { button } from '../widgets/button.ts';
import { choice } from '../widgets/choice.ts';
import type { ViewState } from './viewState.ts';

export interface ToolbarOptions {
  readonly view: ViewState;
  /** Whether there are figures by the hour to choose. */
  readonly hasHours: boolean;
  readonly isComparing: boolean;
  readonly hasReports: boolean;
  readonly onChange: (change: Partial<ViewState>) => void;
  readonly post: (message: UsagePageRequest) => void;
}

/** How to show the figures, and where to export them. */
export function toolbar(options: ToolbarOptions): TemplateResult {
  const { view, hasHours, isComparing, hasReports, onChange, post } = options;
  const exports = EXPORT_FORMATS.map(format => {
    const name = FORMAT_NAMES[format];
    return button(name, () => post({ type: 'export', format, ...lookedInto(view) }), {
      name: l10n.t('Export as {0}', name),
      isUsable: hasReports,
    });
  });
  return html`<div class="row">
    ${choice(l10n.t('Stack'), stackChoices(), view.stackBy, stackBy => onChange({ stackBy }))}
    ${hasHours ? choice(l10n.t('Bars'), stepChoices(), view.step, step => onChange({ step })) : nothing}
    ${choice(l10n.t('Table'), tableChoices(), view.table, table => onChange({ table }))}
    ${button(l10n.t('Compare with the period before'), () => post({ type: 'compare', on: !isComparing }), {
      isPressed: isComparing,
    })}
    <span class="exports" role="group" aria-label=${l10n.t('Export')}>
      <span aria-hidden="true">${l10n.t('Export')}</span>
      ${exports}
    </span>
  </div>`;
}

/** The key or model that is shown alone, as an export needs it. */
function lookedInto({ only }: ViewState): Pick<Extract<UsagePageRequest, { type: 'export' }>, 'only'> {
  if (!only) return {};
  const { before: _before, ...looked } = only;
  return { only: looked };
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
