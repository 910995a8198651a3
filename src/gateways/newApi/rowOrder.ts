/**
 * How a list of rows, newest first, runs through time: where the gateway's clock was put back, times rise on the way
 * down, and rows that were cut off at the end may be later than the last one by as much.
 */
export class RowOrder {
  #first: number | undefined;
  #last: number | undefined;
  #oldest: number | undefined;
  #largestRise = 0;

  /** Adds the second of the next row. */
  add(second: number): void {
    if (this.#oldest !== undefined) this.#largestRise = Math.max(this.#largestRise, second - this.#oldest);
    this.#oldest = Math.min(this.#oldest ?? second, second);
    this.#first ??= second;
    this.#last = second;
  }

  /** The oldest second; undefined without rows. */
  get oldest(): number | undefined {
    return this.#oldest;
  }

  /**
   * From which second on no row is missing, though rows at the end were cut off; undefined without rows, and where the list
   * runs forward through time, so that those are the newest.
   */
  get completeFrom(): number | undefined {
    if (this.#first === undefined || this.#last === undefined || this.#last > this.#first) return undefined;
    return this.#last + this.#largestRise + 1;
  }
}
