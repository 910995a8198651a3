import type { Locator, Page } from 'playwright-core';

/** A modal dialog. */
export interface Dialog {
  message: string;
  detail: string;
  buttons: string[];
}

/** The modal dialog on the screen, if there is one. */
export function dialog(page: Page): Locator {
  return page.locator('.monaco-dialog-box');
}

/** Waits for the dialog with this text, and reads it. */
export async function readDialog(page: Page, text: string | RegExp): Promise<Dialog> {
  const box = dialog(page).filter({ hasText: text });
  await box.waitFor();
  return {
    message: await textOf(box.locator('.dialog-message-text')),
    detail: await textOf(box.locator('.dialog-message-detail')),
    buttons: await box.locator('.dialog-buttons .monaco-button').allTextContents(),
  };
}

/** Presses a button of the dialog with this text, and waits until it is gone. */
export async function answerDialog(page: Page, text: string | RegExp, button: string): Promise<void> {
  const box = dialog(page).filter({ hasText: text });
  await box.getByRole('button', { name: button, exact: true }).click();
  await box.waitFor({ state: 'hidden' });
}

async function textOf(part: Locator): Promise<string> {
  return (await part.count()) > 0 ? ((await part.first().textContent()) ?? '').trim() : '';
}
