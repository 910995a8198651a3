import * as fc from 'fast-check';
import { examine } from './examine.ts';

/** Something that takes what comes from outside, or makes of it what a person sees. */
export interface Target {
  readonly name: string;
  readonly what: 'parser' | 'renderer';
  /**
   * Puts it through `numRuns` made-up inputs.
   *
   * @throws with seed, path and the smallest input that was found to crash, hang or end in a problem.
   */
  readonly check: (options: Pick<fc.Parameters, 'numRuns' | 'seed' | 'path'>) => Promise<void>;
}

/** Makes a target from an arbitrary input, what is done with it, and what is wrong with an output, if anything. */
export function target<Input, Output>(
  name: string,
  what: Target['what'],
  inputs: fc.Arbitrary<Input>,
  work: (input: Input) => Output | Promise<Output>,
  problem: (output: Output, input: Input) => string | undefined = () => undefined,
): Target {
  const property = fc.asyncProperty(inputs, input =>
    examine(
      () => work(input),
      output => problem(output, input),
    ),
  );
  return { name, what, check: options => fc.assert(property, options) };
}
