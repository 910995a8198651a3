type Step = () => unknown;

/** What has to be undone before we leave, in reverse order, however we leave. */
export class Cleanup {
  readonly #steps: Step[] = [];

  /** Remembers how to undo something that was just done. */
  add(step: Step): void {
    this.#steps.push(step);
  }

  /** Undoes everything. A step that fails is reported and does not keep the others from running. */
  async run(): Promise<void> {
    for (const step of this.#steps.splice(0).reverse()) {
      try {
        await step();
      } catch (error) {
        process.stderr.write(`While stopping: ${String(error)}\n`);
      }
    }
  }
}
