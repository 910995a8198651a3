import type { Locator, Page } from 'playwright-core';
import { again } from './again.ts';

/** The step with this title, of the walkthrough that is open. */
export function walkthroughStep(page: Page, title: string): Locator {
  return page.locator('.gettingStartedContainer .getting-started-step').filter({ hasText: title });
}

/** Opens the step, so that its text and buttons show. VS Code disables the one that is open already. */
export async function openStep(page: Page, title: string): Promise<Locator> {
  const step = walkthroughStep(page, title);
  await again(`the step “${title}” is open`, async timeout => {
    if ((await step.getAttribute('aria-expanded', { timeout })) !== 'true') await step.click({ timeout });
    await step.and(page.locator('[aria-expanded="true"]')).waitFor({ timeout });
  });
  return step;
}

/** Waits until the step is ticked off. */
export async function stepIsDone(page: Page, title: string): Promise<void> {
  await walkthroughStep(page, title).locator('.codicon-getting-started-step-checked.complete').waitFor();
}
