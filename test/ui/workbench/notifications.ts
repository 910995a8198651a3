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

/**
 * Keeps the notification with this text: after some seconds VS Code takes away what the pointer is not over. The pointer itself
 * stays where it is, since a tooltip, such as that of the status bar, can lie over notifications for as long as they are shown.
 */
export async function holdNotification(page: Page, text: string | RegExp): Promise<void> {
  await notification(page, text).dispatchEvent('mouseover');
}

/** Presses a button of the notification with this text by keyboard, and waits until the notification is gone. */
export async function answerNotification(page: Page, text: string | RegExp, button: string): Promise<void> {
  await notification(page, text).getByRole('button', { name: button, exact: true }).press('Enter');
  await notification(page, text).waitFor({ state: 'hidden' });
}

/** Takes the notification with this text away, by keyboard. */
export async function clearNotification(page: Page, text: string | RegExp): Promise<void> {
  await notification(page, text).locator('.monaco-list').press('Delete');
  await notification(page, text).waitFor({ state: 'hidden' });
}
