import type { Locator } from 'playwright-core';

/** A row of the table in a tooltip. */
export interface TooltipRow {
  /** Whether it is the first of a card. */
  readonly isFirst: boolean;
  readonly cells: readonly string[];
}

/** The rows of the table in a tooltip, all at once: VS Code redraws it as what it says changes. */
export async function tooltipRows(tooltip: Locator): Promise<readonly TooltipRow[]> {
  await tooltip.locator('tr').first().waitFor();
  return tooltip.locator('tr').evaluateAll(rows =>
    rows.map(row => ({
      isFirst: row.querySelector('b') !== null,
      cells: [...row.querySelectorAll('td')].map(cell => cell.textContent ?? ''),
    })),
  );
}
