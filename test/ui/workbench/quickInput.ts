import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { PATIENCE_MS } from '../../host/patience.ts';
import { until } from '../../host/until.ts';
import { again } from './again.ts';

/** The box at the top: the command palette, quick picks and input boxes all use it. */
export function quickInput(page: Page): Locator {
  return page.locator('.quick-input-widget:visible');
}

/** Opens the command palette with this text in it, and waits for an entry that holds it. */
export async function openPalette(page: Page, text: string): Promise<void> {
  await again(`the palette offers “${text}”`, async timeout => {
    await fillPalette(page, text, timeout);
    await entry(page, text).waitFor({ timeout });
  });
}

/** Runs a command as a user does, by its full title such as `Key Quota: Add Key…`, and waits until the palette is gone. */
export async function runCommand(page: Page, title: string): Promise<void> {
  await again(`“${title}” is chosen from the palette`, async timeout => {
    await fillPalette(page, title, timeout);
    await entry(page, title).click({ timeout });
  });
  // The box of the command is the same one; a test that looks for a list would find that of the palette.
  await until('the palette is gone', PATIENCE_MS, async () => !(await isPalette(page)));
}

/** Whether the box is the palette, which has this character before what is typed. */
function isPalette(page: Page): Promise<boolean> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLInputElement>('.quick-input-widget input[type="text"]')].some(
      input => input.checkVisibility() && input.value.startsWith('>'),
    ),
  );
}

/**
 * Opens the palette, unless it is open: what takes the focus closes it, as does the page of a panel when it is there.
 * VS Code registers some commands seconds after a window has opened, and looks for what matches as the text changes.
 */
async function fillPalette(page: Page, text: string, timeout: number): Promise<void> {
  const box = quickInput(page).locator('input[type="text"]');
  await leaveWebview(page);
  await page.keyboard.press('F1');
  await box.fill('>', { timeout });
  await box.fill(`>${text}`, { timeout });
}

/** The first line that holds this. The list holds what matched the text before until it is filtered again. */
function entry(page: Page, text: string | RegExp): Locator {
  return quickInput(page).getByRole('option').filter({ hasText: text }).first();
}

/** The titles in the list, in order. */
export async function readChoices(page: Page): Promise<string[]> {
  const options = quickInput(page).getByRole('option');
  await options.first().waitFor();
  return options.evaluateAll(elements => elements.map(element => element.getAttribute('aria-label') ?? ''));
}

/** The titles of a list that is longer than its box, which holds only those in sight. */
export async function readAllChoices(page: Page): Promise<string[]> {
  const titles = new Map<number, string>();
  let size = 0;
  let without = 0;
  await quickInput(page).getByRole('option').first().waitFor();
  for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline; ) {
    const seen = await quickInput(page)
      .getByRole('option')
      .evaluateAll(elements =>
        elements.map(element => ({
          title: element.getAttribute('aria-label') ?? '',
          at: Number(element.getAttribute('aria-posinset')),
          of: Number(element.getAttribute('aria-setsize')),
        })),
      );
    // One that was filtered again is another list.
    if (seen[0] && seen[0].of !== size) titles.clear();
    size = seen[0]?.of ?? size;
    const before = titles.size;
    for (const { title, at } of seen) titles.set(at, title);
    if (titles.size >= size) return [...titles].sort(([a], [b]) => a - b).map(([, title]) => title);
    // A page further is at first the end of this one. Lines that were not drawn yet are looked for from the start again.
    without = titles.size > before ? 0 : without + 1;
    await page.keyboard.press(without % 4 === 3 ? 'Home' : 'PageDown');
  }
  throw new Error(`Only ${titles.size} of ${size} lines were seen.`);
}

/** Chooses the entry of a quick pick whose text holds this. */
export async function choose(page: Page, text: string | RegExp): Promise<void> {
  await entry(page, text).click();
}

/** Chooses a line of the first box of Add Key, which is longer than what is in sight, by its beginning. */
export async function chooseGateway(page: Page, title: string): Promise<void> {
  const line = quickInput(page).getByRole('option', { name: new RegExp(`^${title}`) });
  await again(`“${title}” is chosen`, async timeout => {
    await quickInput(page).locator('.quick-input-box input').fill(title, { timeout });
    await line.first().click({ timeout });
  });
}

/** An input box that is waiting for text. */
export interface InputBox {
  prompt: string;
  placeholder: string;
  value: string;
  /** Whether what is typed is hidden. */
  password: boolean;
}

/** Waits for an input box with this in its prompt, placeholder or title, and reads it. */
export async function readInputBox(page: Page, about: string | RegExp): Promise<InputBox> {
  const widget = quickInput(page)
    .filter({ hasText: about })
    .or(quickInput(page).filter({ has: page.getByPlaceholder(about) }));
  await widget.waitFor();
  const input = widget.locator('.quick-input-box input');
  return {
    prompt: ((await widget.locator('.quick-input-message').textContent()) ?? '').trim(),
    placeholder: (await input.getAttribute('placeholder')) ?? '',
    value: await input.inputValue(),
    password: (await input.getAttribute('type')) === 'password',
  };
}

/**
 * Types into the input box that is about this; with `accept: false` without pressing Enter. While a box
 * refuses what was typed, it shows the reason instead of its prompt.
 */
export async function typeInto(
  page: Page,
  about: string | RegExp,
  text: string,
  options: { accept?: boolean } = {},
): Promise<void> {
  await readInputBox(page, about);
  const input = quickInput(page).locator('.quick-input-box input');
  await input.fill(text);
  if (options.accept ?? true) await input.press('Enter');
}

/** The sentence with which the input box refuses what was typed, once there is one that holds this. */
export async function readValidation(page: Page, about: string | RegExp): Promise<string> {
  const message = quickInput(page).locator('.quick-input-message').filter({ hasText: about });
  await message.waitFor();
  return ((await message.textContent()) ?? '').trim();
}

/**
 * Gives the focus to the status bar when no part of the workbench has it. The palette gives it back as it
 * closes, to the page of the open editor: that is in another process, and may take it after the command has
 * opened a box. A box without focus closes.
 */
async function leaveWebview(page: Page): Promise<void> {
  const tag = await page.evaluate(() => {
    if (/^(IFRAME|BODY)$/.test(document.activeElement?.tagName ?? '')) {
      document.querySelector<HTMLElement>('.part.statusbar')?.focus();
    }
    return document.activeElement?.tagName;
  });
  assert.notEqual(tag, 'IFRAME');
}

/** Closes the box without an answer. */
export async function dismissQuickInput(page: Page): Promise<void> {
  await again('the box is closed', async timeout => {
    await page.keyboard.press('Escape');
    await quickInput(page).waitFor({ state: 'hidden', timeout });
  });
}

/** Presses a button in the title of the box, such as Back. */
export async function pressQuickInputButton(page: Page, name: string): Promise<void> {
  await quickInput(page)
    .getByRole('button', { name, exact: true })
    .or(quickInput(page).locator(`[aria-label^="${name}"]`))
    .first()
    .click();
}

/** Where the box stands among those of its form: `2/3`. */
export async function stepOf(page: Page): Promise<string | undefined> {
  const title = (await quickInput(page).locator('.quick-input-title').textContent()) ?? '';
  return /\((\d+\/\d+)\)/.exec(title)?.[1];
}
