import '@vscode-elements/elements/dist/vscode-option/index.js';
import '@vscode-elements/elements/dist/vscode-single-select/index.js';
import { createElement } from './element.ts';

/** A list to choose one of, with its label in front. */
export interface Choice<Value extends string> {
  readonly element: HTMLElement;
  set(value: Value): void;
}

/** Makes a choice between values; `chosen` hears what a person takes. */
export function choice<Value extends string>(
  label: string,
  options: readonly (readonly [value: Value, text: string])[],
  value: Value,
  chosen: (value: Value) => void,
): Choice<Value> {
  const select = createElement('vscode-single-select');
  select.label = label;
  select.append(
    ...options.map(([each, text]) =>
      createElement('vscode-option', { value: each, selected: each === value }, text),
    ),
  );
  select.addEventListener('change', () => {
    const option = options.find(([each]) => each === select.value);
    if (option) chosen(option[0]);
  });
  return {
    element: createElement(
      'span',
      { class: 'choice' },
      createElement('span', { 'aria-hidden': 'true' }, label),
      select,
    ),
    set: next => {
      select.value = next;
    },
  };
}
