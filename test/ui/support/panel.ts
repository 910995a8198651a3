import type { FrameLocator, Locator, Page } from 'playwright-core';
import { PATIENCE_MS } from '../../host/patience.ts';
import { until } from '../../host/until.ts';
import type { SampleGateway } from '../../sampleGateways/server.ts';
import type { LedgerFilter } from '../../sampleGateways/state/ledger.ts';
import { again } from '../workbench/again.ts';
import { webview } from '../workbench/webview.ts';
import { takesFocus } from './focus.ts';
import { addKeys, sampleKey } from './product.ts';
import { logIsRead } from './sharedStore.ts';
import type { StageInUse } from './stageInUse.ts';

const UNITS_PER_DOLLAR = 500_000;

/** The panel's page, once it shows the total of a section. */
export async function usagePage(page: Page): Promise<FrameLocator> {
  const frame = webview(page);
  await frame.locator('.totals .total dd').first().waitFor();
  return frame;
}

/** The total with all its digits: a number, whatever sign stands in front of it. */
export async function readTotal(frame: FrameLocator): Promise<number> {
  return readFigure(frame.locator('.totals .total dd').first());
}

/** A figure with all its digits, which are its title where it shows fewer. */
export async function readFigure(figure: Locator): Promise<number> {
  return amountOf((await figure.getAttribute('title')) ?? (await figure.textContent()) ?? '');
}

/** An amount on the page as a number. */
export function amountOf(text: string): number {
  return Number(text.replace(/[^\d.-]/g, ''));
}

/** Waits until the page shows this total. */
export async function totalBecomes(frame: FrameLocator, total: number): Promise<void> {
  let seen: number | undefined;
  await until(`the total is ${total} (seen: ${seen})`, PATIENCE_MS, async () => {
    seen = await readTotal(frame);
    return seen === total;
  }).catch(() => {
    throw new Error(`the total should be ${total} and is ${seen}`);
  });
}

/** What the gateway's own books say, in dollars to 6 decimals; rounded up, as pages show what was used. */
export function ledgerTotal(gateway: SampleGateway, filter: LedgerFilter, perDollar = 1): number {
  const millionths = (gateway.ledger.sum(filter).quota / UNITS_PER_DOLLAR) * perDollar * 1e6;
  // Without the noise of binary arithmetic, which would be rounded up too.
  return Math.ceil(Number(millionths.toPrecision(14))) / 1e6;
}

export function round6(amount: number): number {
  return Math.round(amount * 1e6) / 1e6;
}

/** The start of the local day so many days ago, in epoch seconds. */
export function daysAgo(days: number): number {
  const now = new Date();
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() - days).getTime() / 1000;
}

/** The rows of the first table, each as its cells' texts: amounts with all digits, as screen readers say them. */
export async function readRows(frame: FrameLocator): Promise<string[][]> {
  const rows = frame.locator('table').first().locator('tbody tr');
  return rows.evaluateAll(elements =>
    elements.map(row =>
      [...row.querySelectorAll('th, td')].map(cell =>
        (cell.getAttribute('aria-label') ?? cell.textContent ?? '').trim(),
      ),
    ),
  );
}

/** Chooses in one of the page's lists, found by its label. */
export async function chooseOnPage(frame: FrameLocator, label: string, option: string): Promise<void> {
  await again(`“${option}” is chosen`, async timeout => {
    const choice = frame.getByRole('option', { name: option, exact: true });
    // A page that is redrawn, or loses the focus, closes its list.
    if (!(await choice.isVisible())) await frame.getByRole('combobox', { name: label }).click({ timeout });
    await choice.click({ timeout });
  });
}

/** Asks by argument about the last seven days, and shows the answer in the panel. */
export async function showLastWeek(stage: StageInUse, label: string): Promise<FrameLocator> {
  const { page, pilot, fleet } = stage;
  const [key = ''] = await addKeys(pilot, [sampleKey(fleet, label)]);
  // Whoever counts calls counts those of the panel.
  logIsRead(stage, key);
  await pilot.command('keyQuota.queryUsage', { key, from: dayBefore(6), to: dayBefore(0), show: true });
  const frame = await usagePage(page);
  await takesFocus(frame);
  return frame;
}

/** The local day so many days ago, as a range wants it. */
export function dayBefore(days: number): string {
  const now = new Date();
  const noon = new Date(now.getFullYear(), now.getMonth(), now.getDate() - days, 12);
  const pad = (part: number) => String(part).padStart(2, '0');
  return `${noon.getFullYear()}-${pad(noon.getMonth() + 1)}-${pad(noon.getDate())}`;
}

/** Every row of the first table, also those that are drawn only when its end comes into view. */
export async function allRows(frame: FrameLocator): Promise<string[][]> {
  const table = frame.locator('table').first();
  const others = 1 + (await table.locator('tfoot tr').count());
  const count = Number(await table.getAttribute('aria-rowcount')) - others;
  await until('all rows are drawn', PATIENCE_MS, async () => {
    await table.locator('tbody tr').last().scrollIntoViewIfNeeded();
    return (await table.locator('tbody tr').count()) === count;
  });
  return readRows(frame);
}

export async function columnOf(frame: FrameLocator, head: string): Promise<number> {
  const heads = await frame.locator('table').first().locator('thead th').allTextContents();
  return heads.map(text => text.trim()).indexOf(head);
}
