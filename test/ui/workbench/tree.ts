import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { PATIENCE_MS } from '../../host/patience.ts';
import { until } from '../../host/until.ts';
import { again } from './again.ts';
import { leave } from './hover.ts';

/** A row of a tree as it is drawn and as a screen reader tells it. */
export interface TreeRow {
  /** What a screen reader says. */
  label: string;
  /** Label and description as drawn. */
  text: string;
  /** The description alone, the paler part. */
  description: string;
  /** The name of its theme icon. */
  icon: string | undefined;
  level: number;
  /** Undefined for a row that holds no others. */
  expanded: boolean | undefined;
}

/** The tree of the view with this title, such as `Keys`. */
export function tree(page: Page, title: string): Locator {
  return page.getByRole('tree', { name: title });
}

/** The row whose text holds this; the first one, when several do. */
export function treeRow(page: Page, title: string, text: string | RegExp): Locator {
  return tree(page, title).getByRole('treeitem').filter({ hasText: text }).first();
}

/** The rows that are drawn, from the top. VS Code draws only those that fit into the view. */
async function readTree(page: Page, title: string): Promise<TreeRow[]> {
  const rows = tree(page, title).getByRole('treeitem');
  await rows.first().waitFor();
  const read = await rows.evaluateAll(elements =>
    elements.map(element => ({
      // Rows are in the document in the order they were drawn, not in which they are seen.
      index: Number(element.getAttribute('data-index') ?? 0),
      label: element.getAttribute('aria-label') ?? '',
      text: (element.querySelector('.monaco-icon-label')?.textContent ?? '').trim(),
      description: element.querySelector('.label-description')?.textContent ?? '',
      icon: [...(element.querySelector('.custom-view-tree-node-item-icon')?.classList ?? [])]
        .filter(name => name !== 'codicon-colored')
        .map(name => /^codicon-(.+)/.exec(name)?.[1])
        .find(name => name),
      level: Number(element.getAttribute('aria-level')),
      expanded: element.getAttribute('aria-expanded'),
    })),
  );
  return read
    .sort((a, b) => a.index - b.index)
    .map(({ index: _, expanded, ...row }) => ({
      ...row,
      expanded: expanded === null ? undefined : expanded === 'true',
    }));
}

/**
 * Waits until a row with exactly this label is drawn with exactly this description, and reads it: a tree that is redrawn has
 * no rows for a moment.
 */
export function readTreeRow(page: Page, title: string, label: string, description: string): Promise<TreeRow> {
  return until(`“${label}” is drawn with “${description}”`, PATIENCE_MS, async () =>
    (await readTree(page, title)).find(
      row => row.text === `${label}${description}` && row.description === description,
    ),
  );
}

/** Waits until these are the labels of all rows, from the top: what is known is drawn a moment later. */
export async function outlineIs(page: Page, title: string, labels: readonly string[]): Promise<void> {
  let drawn: readonly string[] = [];
  await until('the tree is drawn', PATIENCE_MS, async () => {
    const rows = await readTree(page, title);
    drawn = rows.map(({ text, description }) => text.slice(0, text.length - description.length));
    return drawn.join('\n') === labels.join('\n');
  }).catch(() => assert.deepEqual(drawn, labels));
}

/** Opens the row, if it is closed, and waits until it is open. */
export async function expandRow(page: Page, title: string, text: string | RegExp): Promise<void> {
  const row = treeRow(page, title, text);
  await again(`${text} is open`, async timeout => {
    if ((await row.getAttribute('aria-expanded', { timeout })) === 'false') {
      await row.locator('.monaco-tl-twistie').click({ timeout });
    }
    await row.and(page.locator('[aria-expanded="true"]')).waitFor({ timeout });
  });
}

/** Presses an inline button of the row, found by its tooltip, such as `Refresh`. */
export async function pressRowButton(
  page: Page,
  title: string,
  text: string | RegExp,
  button: string,
): Promise<void> {
  const row = treeRow(page, title, text);
  await again(`“${button}” of ${text} is pressed`, async timeout => {
    // A tooltip may lie over the row; one that is redrawn shows its buttons once the pointer moves on it.
    await leave(page);
    await row.hover({ timeout });
    await row.getByRole('button', { name: button }).click({ timeout });
  });
}
