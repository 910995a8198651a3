import type { Locator, Page } from 'playwright-core';
import { again } from './again.ts';
import { uncoverNotifications } from './hover.ts';

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

/** Points at the notification with this text: after some seconds VS Code takes away what nobody points at. */
export async function holdNotification(page: Page, text: string | RegExp): Promise<void> {
  await notification(page, text).waitFor();
  await again(`the pointer is on “${text}”`, async timeout => {
    await uncoverNotifications(page, timeout);
    await notification(page, text).hover({ timeout });
  });
}

/** Presses a button of the notification with this text, and waits until it is gone. */
export async function answerNotification(page: Page, text: string | RegExp, button: string): Promise<void> {
  const toast = notification(page, text);
  await holdNotification(page, text);
  await again(`“${button}” is pressed`, async timeout => {
    await uncoverNotifications(page, timeout);
    await toast.getByRole('button', { name: button, exact: true }).click({ timeout });
  });
  await toast.waitFor({ state: 'hidden' });
}
