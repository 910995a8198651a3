import type * as fc from 'fast-check';

/** Something that takes what comes from outside, or makes of it what a person sees. */
export interface Target {
  readonly name: string;
  readonly what: 'parser' | 'renderer';
  /** Cases to be made up. */
  readonly cases: fc.Arbitrary<Case>;
}

/** One made-up input, ready to be worked on. */
export interface Case {
  /** The product's part, which is timed. Must neither throw nor take long. */
  readonly work: () => unknown;
  /** What is wrong with what came of it; undefined when nothing is. */
  readonly problem: (output: unknown) => string | undefined;
  /** What a person needs to see the case again. */
  readonly shown: unknown;
}

/** Makes a target from an arbitrary input and what is done with it. */
export function target<Input, Output>(
  name: string,
  what: Target['what'],
  inputs: fc.Arbitrary<Input>,
  work: (input: Input) => Output | Promise<Output>,
  problem: (output: Output, input: Input) => string | undefined = () => undefined,
): Target {
  return {
    name,
    what,
    cases: inputs.map(input => ({
      work: () => work(input),
      problem: output => problem(output as Output, input),
      shown: input,
    })),
  };
}
