import '@vscode-elements/elements/dist/vscode-button/index.js';
import { html, nothing, type TemplateResult } from 'lit';

export interface ButtonState {
  /** What it is called where its label is too short. */
  readonly name?: string;
  /** Whether a button that stays down is down; absent for one that does not. */
  readonly isPressed?: boolean;
  readonly isUsable?: boolean;
}

/** A button in VS Code's dress. One that cannot be used now says so to everybody. */
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
