import '@vscode-elements/elements/dist/vscode-textfield/index.js';
import type { VscodeTextfield } from '@vscode-elements/elements/dist/vscode-textfield/vscode-textfield.js';
import { html, nothing, type TemplateResult } from 'lit';
import { Directive, directive, type ElementPart } from 'lit/directive.js';
import { live } from 'lit/directives/live.js';

export interface FieldOptions {
  readonly value: string;
  readonly placeholder?: string;
  /** What is wrong with the value; shown and read aloud. */
  readonly problem?: string;
  /** Called with the value at each change. */
  readonly onInput: (value: string) => void;
  /** Called for the Enter key. */
  readonly onEnter: () => void;
}

/** A text field with its label before it. */
export function field(label: string, options: FieldOptions): TemplateResult {
  const { value, placeholder, problem, onInput, onEnter } = options;
  // While a person types, the field has the newer value: `live` writes only a value that it does not show.
  return html`<span class="field">
    <span aria-hidden="true">${label}</span>
    <vscode-textfield
      placeholder=${placeholder ?? nothing}
      .label=${label}
      .value=${live(value)}
      ?invalid=${problem !== undefined}
      @input=${({ currentTarget }: Event) => onInput((currentTarget as VscodeTextfield).value)}
      @keydown=${({ key }: KeyboardEvent) => key === 'Enter' && onEnter()}
      ${problemDescription(problem)}
    ></vscode-textfield>
  </span>`;
}

/** Describes a problem inside the field's shadow tree, because ids do not work across its boundary. */
class ProblemDescription extends Directive {
  #problem: string | undefined;
  #isDescribed = false;

  render(_problem: string | undefined): typeof nothing {
    return nothing;
  }

  override update({ element }: ElementPart, [problem]: [string | undefined]): typeof nothing {
    if (!this.#isDescribed || problem !== this.#problem) {
      const input = element as VscodeTextfield;
      void input.updateComplete.then(() => {
        // Its square corners would stick out over the rounded border.
        input.wrappedElement.style.borderRadius = '3px';
        input.wrappedElement.ariaInvalid = String(problem !== undefined);
        input.wrappedElement.setAttribute('aria-description', problem ?? '');
      });
    }
    this.#isDescribed = true;
    this.#problem = problem;
    return nothing;
  }
}

const problemDescription = directive(ProblemDescription);
