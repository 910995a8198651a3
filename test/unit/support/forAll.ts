import * as fc from 'fast-check';

/** Checks that something holds for every value that can be made up; a failure names the smallest found. */
export function forAll<T>(values: fc.Arbitrary<T>, holds: (value: T) => boolean, runs = 1000): void {
  const property = fc.property(values, value => holds(value));
  // Synchronous, but its type also covers properties that are not.
  void fc.assert(property, { numRuns: runs });
}
