import '@vscode-elements/elements/dist/vscode-option/index.js';
import '@vscode-elements/elements/dist/vscode-single-select/index.js';
import type { VscodeSingleSelect } from '@vscode-elements/elements/dist/vscode-single-select/vscode-single-select.js';
import { html, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';

/** Lists with longer texts, mostly names, are wider. */
const MAX_USUAL_LENGTH = 14;

/** A drop-down list with its label before it; `chosen` is called with the value that a person selects. */
export function choice<Value extends string>(
  label: string,
  options: readonly (readonly [value: Value, text: string])[],
  value: Value,
  onChoice: (value: Value) => void,
): TemplateResult {
  const onChange = ({ currentTarget }: Event) => {
    const select = currentTarget as VscodeSingleSelect;
    const option = options.find(([each]) => each === select.value);
    if (option) onChoice(option[0]);
  };
  // A person changes the value too: `live` compares with what the list shows, not with what was last set.
  const isWide = options.some(([, text]) => text.length > MAX_USUAL_LENGTH);
  return html`<span class=${isWide ? 'choice wide' : 'choice'}>
    <span aria-hidden="true">${label}</span>
    <vscode-single-select .label=${label} .value=${live(value)} @change=${onChange}>
      ${options.map(([each, text]) => html`<vscode-option value=${each}>${text}</vscode-option>`)}
    </vscode-single-select>
  </span>`;
}
