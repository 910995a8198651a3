import { errors, type Page } from 'playwright-core';
import { again } from './again.ts';
import { quickInput } from './quickInput.ts';

/**
 * Gives a path to the dialog for files of VS Code, which one of these buttons tells from other boxes. While it reads a folder it
 * writes that folder's path over what is filled in, and takes no Enter.
 */
export async function giveFile(
  page: Page,
  path: string,
  mark: 'Show Local' | 'Look for Keys',
): Promise<void> {
  const dialog = quickInput(page).filter({ has: page.getByRole('button', { name: mark }) });
  await dialog.locator('.monaco-list-row').first().waitFor();
  const input = dialog.locator('input[type="text"]');
  await again(`the dialog takes ${path}`, async timeout => {
    if (await dialog.isHidden()) return;
    await input.fill(path, { timeout });
    await input.press('Enter', { timeout });
    await dialog.waitFor({ state: 'hidden', timeout: 1_000 });
  });
}

/** Takes the place that the dialog for files offers, once it is that; returns it. */
export async function takeOfferedFile(page: Page, isIt: (path: string) => boolean): Promise<string> {
  const input = quickInput(page).locator('.quick-input-box input');
  let offered = '';
  await again('the dialog offers a place, and takes it', async timeout => {
    if (offered && (await quickInput(page).isHidden())) return;
    const value = await input.inputValue({ timeout });
    if (!isIt(value)) throw new errors.TimeoutError(`It offers “${value}”.`);
    offered = value;
    await quickInput(page).getByRole('button', { name: 'OK' }).click({ timeout });
    await quickInput(page).waitFor({ state: 'hidden', timeout: 1_000 });
  });
  return offered;
}
