import '@vscode-elements/elements/dist/vscode-option/index.js';
import '@vscode-elements/elements/dist/vscode-single-select/index.js';
import type { VscodeSingleSelect } from '@vscode-elements/elements/dist/vscode-single-select/vscode-single-select.js';
import { html, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';

/** A list to choose one of, with its label in front; `chosen` hears what a person takes. */
export function choice<Value extends string>(
  label: string,
  options: readonly (readonly [value: Value, text: string])[],
  value: Value,
  chosen: (value: Value) => void,
): TemplateResult {
  const changed = ({ currentTarget }: Event) => {
    const select = currentTarget as VscodeSingleSelect;
    const option = options.find(([each]) => each === select.value);
    if (option) chosen(option[0]);
  };
  // A person changes the value as well: `live` compares with what the list shows.
  return html`<span class="choice">
    <span aria-hidden="true">${label}</span>
    <vscode-single-select .label=${label} .value=${live(value)} @change=${changed}>
      ${options.map(([each, text]) => html`<vscode-option value=${each}>${text}</vscode-option>`)}
    </vscode-single-select>
  </span>`;
}
