import type { Locator, Page } from 'playwright-core';
import { again } from './again.ts';

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
  // All at once, since it goes by itself.
  return notification(page, text).evaluate(toast => {
    const icon = toast.querySelector('.notification-list-item-icon')?.classList;
    const buttons = toast.querySelectorAll('.notification-list-item-buttons-container .monaco-button');
    return {
      message: (toast.querySelector('.notification-list-item-message')?.textContent ?? '').trim(),
      severity: icon?.contains('codicon-error')
        ? 'error'
        : icon?.contains('codicon-warning')
          ? 'warning'
          : 'info',
      buttons: [...buttons].map(button => button.textContent ?? ''),
    };
  });
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
  const toast = notification(page, text);
  let isPressed = false;
  await again(`“${text}” is gone by “${button}”`, async timeout => {
    if (isPressed && (await toast.isHidden())) return;
    // Another part of the window may take the focus, and the key with it.
    await toast.getByRole('button', { name: button, exact: true }).press('Enter', { timeout });
    isPressed = true;
    await toast.waitFor({ state: 'hidden', timeout });
  });
}

/** Takes the notification with this text away, by keyboard. */
export async function clearNotification(page: Page, text: string | RegExp): Promise<void> {
  const toast = notification(page, text);
  await again(`“${text}” is gone`, async timeout => {
    if (await toast.isVisible()) await toast.locator('.monaco-list').press('Delete', { timeout });
    await toast.waitFor({ state: 'hidden', timeout });
  });
}
