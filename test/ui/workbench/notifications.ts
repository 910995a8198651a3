import type { Locator, Page } from 'playwright-core';

/** A notification on the screen. */
export interface Notification {
  message: string;
  severity: 'info' | 'warning' | 'error';
  buttons: string[];
}

/** The notification that popped up with this text. Servers with the test driver never pop any up. */
export function notification(page: Page, text: string | RegExp): Locator {
  return page.locator('.notification-toast:visible').filter({ hasText: text });
}

/** Waits for the notification with this text, and reads it. */
export async function readNotification(page: Page, text: string | RegExp): Promise<Notification> {
  const toast = notification(page, text);
  await toast.waitFor();
  const icon = (await toast.locator('.notification-list-item-icon').getAttribute('class')) ?? '';
  return {
    message: ((await toast.locator('.notification-list-item-message').textContent()) ?? '').trim(),
    severity: icon.includes('codicon-error')
      ? 'error'
      : icon.includes('codicon-warning')
        ? 'warning'
        : 'info',
    buttons: await toast
      .locator('.notification-list-item-buttons-container .monaco-button')
      .allTextContents(),
  };
}

/** Presses a button of the notification with this text, and waits until it is gone. */
export async function answerNotification(page: Page, text: string | RegExp, button: string): Promise<void> {
  const toast = notification(page, text);
  await toast.hover();
  await toast.getByRole('button', { name: button, exact: true }).click();
  await toast.waitFor({ state: 'hidden' });
}
