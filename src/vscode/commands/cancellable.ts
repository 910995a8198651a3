import * as vscode from 'vscode';
import { shown } from '../host/shownText.ts';
import { window } from '../host/window.ts';

/** Does work behind a progress notification with a cancel button; undefined when the user used it. */
export async function cancellable<T>(
  title: string,
  work: (tell: (message: string) => void, signal: AbortSignal) => Promise<T>,
): Promise<T | undefined> {
  const end = new AbortController();
  const location = vscode.ProgressLocation.Notification;
  return window.withProgress(
    { location, title: shown(title), cancellable: true },
    async (progress, cancel) => {
      const subscription = cancel.onCancellationRequested(() => end.abort());
      try {
        return await work(message => progress.report({ message: shown(message) }), end.signal);
      } catch (error) {
        if (end.signal.aborted) return undefined;
        throw error;
      } finally {
        subscription.dispose();
      }
    },
  );
}
