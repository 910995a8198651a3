import { readFile } from 'node:fs/promises';
import type { SuiteResult } from '../vscode/resultReporter.ts';

/** How a suite ended: `broken` means before its end, so that its figures say nothing. */
export type Outcome = 'passed' | 'failed' | 'broken';

/** Prints what the suite reported. A suite without a single test that passed has not passed. */
export async function printResult(resultFile: string): Promise<Outcome> {
  const text = await readFile(resultFile, 'utf8').catch(() => undefined);
  if (text === undefined) {
    process.stderr.write('The suite did not begin.\n');
    return 'broken';
  }
  const { complete, passed, failed, pending, current, lines } = JSON.parse(text) as SuiteResult;
  process.stdout.write(`\n${[...lines, ''].join('\n')}\n`);
  if (!complete) {
    process.stderr.write(`The suite ended early${current ? `, in "${current}"` : ''}.\n`);
    return 'broken';
  }
  process.stdout.write(`${passed} passed, ${failed} failed, ${pending} pending\n`);
  if (passed + failed === 0) {
    process.stderr.write('No test ran.\n');
  }
  return failed === 0 && passed > 0 ? 'passed' : 'failed';
}
