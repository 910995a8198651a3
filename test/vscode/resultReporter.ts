import { renameSync, writeFileSync } from 'node:fs';
import type { Suite, Test } from 'mocha';
import Mocha from 'mocha';

/** What the suite tells whoever started VS Code, in the file named by KEY_QUOTA_TEST_RESULTS. */
export interface SuiteResult {
  /** False while it runs, and for ever when it hangs or VS Code dies. */
  complete: boolean;
  passed: number;
  failed: number;
  pending: number;
  /** The test that is running. */
  current?: string;
  /** The report as a person reads it. */
  lines: string[];
}

/**
 * Reports to a file, after every step. The console of an extension host is no place for it: on its way
 * to the terminal it passes a window, which neither expands `%s` nor keeps the order of lines.
 */
export class ResultReporter extends Mocha.reporters.Base {
  readonly #result: SuiteResult = { complete: false, passed: 0, failed: 0, pending: 0, lines: [] };

  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    const event = Mocha.Runner.constants;
    const result = this.#result;
    runner.on(event.EVENT_SUITE_BEGIN, suite => this.#line(depth(suite), suite.title));
    runner.on(event.EVENT_TEST_BEGIN, test => {
      result.current = test.fullTitle();
      this.#write();
    });
    runner.on(event.EVENT_TEST_PASS, test => {
      result.passed++;
      this.#line(depth(test.parent) + 1, `✔ ${test.title} (${test.duration} ms)`);
    });
    runner.on(event.EVENT_TEST_PENDING, test => {
      result.pending++;
      this.#line(depth(test.parent) + 1, `- ${test.title}`);
    });
    runner.on(event.EVENT_TEST_FAIL, (test: Test, error: unknown) => {
      result.failed++;
      this.#line(depth(test.parent) + 1, `✖ ${test.title}`);
      for (const line of reason(error).split('\n')) {
        this.#line(depth(test.parent) + 3, line);
      }
    });
    runner.once(event.EVENT_RUN_END, () => {
      result.complete = true;
      delete result.current;
      this.#write();
    });
  }

  #line(indent: number, text: string): void {
    if (text !== '') {
      this.#result.lines.push('  '.repeat(indent) + text);
      this.#write();
    }
  }

  #write(): void {
    const file = process.env.KEY_QUOTA_TEST_RESULTS;
    if (file) {
      // Renamed into place, so that a reader never sees half of it.
      writeFileSync(`${file}.part`, JSON.stringify(this.#result));
      renameSync(`${file}.part`, file);
    }
  }
}

function depth(suite: Suite | undefined): number {
  return suite?.parent ? 1 + depth(suite.parent) : 0;
}

function reason(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
