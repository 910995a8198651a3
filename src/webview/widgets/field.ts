import '@vscode-elements/elements/dist/vscode-textfield/index.js';
import type { VscodeTextfield } from '@vscode-elements/elements/dist/vscode-textfield/vscode-textfield.js';
import { html, nothing, type TemplateResult } from 'lit';
import { Directive, directive, type ElementPart } from 'lit/directive.js';
import { live } from 'lit/directives/live.js';

export interface FieldOptions {
  readonly value: string;
  readonly placeholder?: string;
  /** What is wrong with the value, for eyes and ears. */
  readonly problem?: string;
  /** Hears every key. */
  readonly typed: (value: string) => void;
  /** Hears the Enter key. */
  readonly entered: () => void;
}

/** A line to type into, with its label in front. */
export function field(label: string, options: FieldOptions): TemplateResult {
  const { value, placeholder, problem, typed, entered } = options;
  // While a person types, the field has the newer value: `live` writes only what it does not show yet.
  return html`<span class="field">
    <span aria-hidden="true">${label}</span>
    <vscode-textfield
      placeholder=${placeholder ?? nothing}
      .label=${label}
      .value=${live(value)}
      ?invalid=${problem !== undefined}
      @input=${({ currentTarget }: Event) => typed((currentTarget as VscodeTextfield).value)}
      @keydown=${({ key }: KeyboardEvent) => key === 'Enter' && entered()}
      ${problemDescription(problem)}
    ></vscode-textfield>
  </span>`;
}

/** Describes a problem inside the field's own tree: ids do not reach across its boundary. */
class ProblemDescription extends Directive {
  #problem: string | undefined;
  #isKnown = false;

  render(_problem: string | undefined): typeof nothing {
    return nothing;
  }

  override update({ element }: ElementPart, [problem]: [string | undefined]): typeof nothing {
    if (!this.#isKnown || problem !== this.#problem) {
      const input = element as VscodeTextfield;
      void input.updateComplete.then(() => {
        input.wrappedElement.ariaInvalid = String(problem !== undefined);
        input.wrappedElement.setAttribute('aria-description', problem ?? '');
      });
    }
    this.#isKnown = true;
    this.#problem = problem;
    return nothing;
  }
}

const problemDescription = directive(ProblemDescription);
