import '@vscode-elements/elements/dist/vscode-textfield/index.js';
import type { VscodeTextfield } from '@vscode-elements/elements/dist/vscode-textfield/vscode-textfield.js';
import { createElement } from './element.ts';

/** A line to type into, with its label in front. */
export interface Field {
  readonly element: HTMLElement;
  readonly input: VscodeTextfield;
  /** Marks what was typed as wrong, for eyes and ears. */
  mark(problem: string | undefined): void;
}

/** Makes a field; `typed` hears every key, `entered` the Enter key. */
export function field(
  label: string,
  { placeholder, typed, entered }: { placeholder?: string; typed(): void; entered(): void },
): Field {
  const input = createElement('vscode-textfield', { placeholder });
  input.label = label;
  input.addEventListener('input', typed);
  input.addEventListener('keydown', event => {
    if (event.key === 'Enter') entered();
  });
  return {
    element: createElement(
      'span',
      { class: 'field' },
      createElement('span', { 'aria-hidden': 'true' }, label),
      input,
    ),
    input,
    mark(problem) {
      input.invalid = problem !== undefined;
      void input.updateComplete.then(() => {
        // A description inside the element's own tree: ids do not reach across its boundary.
        input.wrappedElement.ariaInvalid = String(problem !== undefined);
        input.wrappedElement.setAttribute('aria-description', problem ?? '');
      });
    },
  };
}
