import '@vscode-elements/elements/dist/vscode-button/index.js';
import type { VscodeButton } from '@vscode-elements/elements/dist/vscode-button/vscode-button.js';
import { createElement, setAttribute } from './element.ts';

/** A button in VS Code's dress. */
export function button(
  label: string,
  press: () => void,
  attributes: Readonly<Record<string, string | boolean | undefined>> = {},
): VscodeButton {
  const element = createElement('vscode-button', { secondary: true, ...attributes }, label);
  element.addEventListener('click', () => {
    if (!element.disabled) press();
  });
  return element;
}

/** Shows whether a button that stays down is down. */
export function setPressed(element: VscodeButton, isPressed: boolean): void {
  setAttribute(element, 'aria-pressed', String(isPressed));
  element.secondary = !isPressed;
}

/** A button that cannot be used now says so to everybody. */
export function setUsable(element: VscodeButton, isUsable: boolean): void {
  element.disabled = !isUsable;
  setAttribute(element, 'aria-disabled', isUsable ? undefined : 'true');
}
