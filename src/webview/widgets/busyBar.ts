import * as l10n from '@vscode/l10n';
import '@vscode-elements/elements/dist/vscode-progress-bar/index.js';
import { html, nothing, type TemplateResult } from 'lit';
import { joinSentences } from '../../text/joinSentences.ts';
import { rowsText } from '../../text/rowsText.ts';
import { button } from './button.ts';

/** The progress of a request. */
export interface Progress {
  readonly done: number;
  readonly total?: number;
}

/**
 * Shows that a request is running, with its progress and a button that cancels it. It stays in the page, hidden, so
 * that screen readers notice its changes.
 */
export function busyBar(progress: Progress | undefined, cancel: () => void): TemplateResult {
  const { done, total } = progress ?? {};
  return html`<div class="busy" ?hidden=${!progress}>
    <vscode-progress-bar
      aria-label=${l10n.t('Asking')}
      .indeterminate=${progress !== undefined && !total}
      .value=${done}
      .max=${total ?? 100}
    ></vscode-progress-bar>
    <div class="row">
      <span role="status">${progress ? progressText(progress) : nothing}</span>
      ${button(l10n.t('Cancel'), cancel)}
    </div>
  </div>`;
}

function progressText({ done, total }: Progress): string {
  return joinSentences(l10n.t('Asking…'), done === 0 ? undefined : rowsText(done, total));
}
