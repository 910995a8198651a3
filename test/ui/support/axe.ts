import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';
import { webview } from '../workbench/webview.ts';

/** What axe found wrong: the rule, how bad it is, and where. */
export interface Finding {
  readonly rule: string;
  readonly impact: string;
  readonly where: readonly string[];
}

/** Everything that axe finds in the panel on the screen, at all levels. */
export function allFindings(page: Page): Promise<readonly Finding[]> {
  return findingsIn(webview(page).locator('body'));
}

/** Everything that axe finds in a page, of which this is the body. */
export async function findingsIn(body: Locator): Promise<readonly Finding[]> {
  const source = await readFile(new URL(import.meta.resolve('axe-core/axe.min.js')), 'utf8');
  // As an expression of the debugger's: the page's policy would not let a script in.
  await body.evaluate(`${source}; undefined`);
  const violations = await body.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run(): Promise<{ violations: Violation[] }> } };
    return (await axe.run()).violations.map(({ id, impact, nodes }) => ({
      id,
      impact,
      nodes: nodes.map(({ target }) => ({ target: String(target) })),
    }));
  });
  return violations.map(({ id, impact, nodes }) => ({
    rule: id,
    impact,
    where: nodes.map(({ target }) => String(target)),
  }));
}

interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly target: unknown }[];
}
