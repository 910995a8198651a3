/** A person's answer that asks for the question before. */
export const BACK = Symbol('back');

/** An answer to one question; undefined when it was closed. */
export type Answer<T> = T | typeof BACK | undefined;

/** One question of several, whose answer becomes part of a state. */
export interface FormStep<State> {
  /** Asks, with the answer of before if there is one. `hasBack`: there is a question before. */
  ask(state: State, hasBack: boolean): Promise<Answer<State>>;
  /** Whether earlier answers leave this to ask; always, where it is absent. */
  isNeeded?(state: State): boolean;
}

/** Asks one question after the other; Back returns to the one before. Undefined when one was closed. */
export async function askSteps<State>(
  first: State,
  steps: readonly FormStep<State>[],
): Promise<State | undefined> {
  const asked: number[] = [];
  let state = first;
  for (let at = 0; at < steps.length; at++) {
    const step = steps[at];
    if (!step || step.isNeeded?.(state) === false) continue;
    const answer = await step.ask(state, asked.length > 0);
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
