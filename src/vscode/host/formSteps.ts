/** A person's answer that asks for the question before. */
export const BACK = Symbol('back');

/** An answer to one question; undefined when it was closed. */
export type Answer<T> = T | typeof BACK | undefined;

/** Where a question stands among those of its form. */
export interface StepPosition {
  readonly step: number;
  /** The number of steps as far as it is known from the answers so far. */
  readonly totalSteps: number;
  /** Whether there is a question before. */
  readonly hasBack: boolean;
}

/** One question of several, whose answer becomes part of a state. */
export interface FormStep<State> {
  /** Asks, with the previous answer if there is one. `hasBack`: there is a question before. */
  ask(state: State, hasBack: boolean, at: StepPosition): Promise<Answer<State>>;
  /** Whether earlier answers leave this to ask; always, where it is absent. */
  isNeeded?(state: State): boolean;
}

/**
 * Asks one question after the other; Back returns to the one before. Undefined when one was closed.
 *
 * @param from The first question to ask; those before it have been answered.
 */
export async function askSteps<State>(
  first: State,
  steps: readonly FormStep<State>[],
  from = 0,
): Promise<State | undefined> {
  let state = first;
  const isNeeded = (at: number) => steps[at]?.isNeeded?.(state) !== false;
  const asked = steps.slice(0, from).flatMap((_step, at) => (isNeeded(at) ? [at] : []));
  for (let at = from; at < steps.length; at++) {
    const step = steps[at];
    if (!step || !isNeeded(at)) continue;
    const left = steps.slice(at).filter((_step, after) => isNeeded(at + after)).length;
    const hasBack = asked.length > 0;
    const position = { step: asked.length + 1, totalSteps: asked.length + left, hasBack };
    const answer = await step.ask(state, hasBack, position);
    if (answer === undefined) return undefined;
    if (answer === BACK) {
      at = (asked.pop() ?? at) - 1;
      continue;
    }
    state = answer;
    asked.push(at);
  }
  return state;
}
