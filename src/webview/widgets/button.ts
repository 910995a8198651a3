import '@vscode-elements/elements/dist/vscode-button/index.js';
import { html, nothing, type TemplateResult } from 'lit';

export interface ButtonState {
  /** The accessible name, where the label is too short. */
  readonly name?: string;
  /** Whether a toggle button is pressed; undefined for other buttons. */
  readonly isPressed?: boolean;
  readonly isUsable?: boolean;
}

/** A button in VS Code's style. One that is disabled says so to screen readers as well. */
export function button(
  label: string,
  press: () => void,
  { name, isPressed, isUsable = true }: ButtonState = {},
): TemplateResult {
  return html`<vscode-button
    aria-label=${name ?? nothing}
    aria-pressed=${isPressed === undefined ? nothing : String(isPressed)}
    aria-disabled=${isUsable ? nothing : 'true'}
    ?secondary=${!isPressed}
    ?disabled=${!isUsable}
    @click=${() => isUsable && press()}
    >${label}</vscode-button
  >`;
}
