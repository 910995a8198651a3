/**
 * How a list of rows, newest first, runs through time: where the gateway's clock was put back, times rise on the way
 * down, and rows that were cut off at the end may be later than the last one by as much.
 */
export class RowOrder {
  #last: number | undefined;
  #oldest: number | undefined;
  #largestRise = 0;

  /** Adds the second of the next row. */
  add(second: number): void {
    if (this.#oldest !== undefined) this.#largestRise = Math.max(this.#largestRise, second - this.#oldest);
    this.#oldest = Math.min(this.#oldest ?? second, second);
    this.#last = second;
  }

  /** The oldest second; undefined without rows. */
  get oldest(): number | undefined {
    return this.#oldest;
  }

  /** From which second on no row is missing, though older rows were cut off; undefined without rows. */
  get completeFrom(): number | undefined {
    return this.#last === undefined ? undefined : this.#last + this.#largestRise + 1;
  }
}
