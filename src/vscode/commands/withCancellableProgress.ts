import * as vscode from 'vscode';
import { shown } from '../host/shownText.ts';
import { window } from '../host/window.ts';

/** Runs `work` behind a progress notification with a cancel button; undefined when the user cancelled. */
export async function withCancellableProgress<T>(
  title: string,
  work: (report: (message: string) => void, signal: AbortSignal) => Promise<T>,
): Promise<T | undefined> {
  const controller = new AbortController();
  const location = vscode.ProgressLocation.Notification;
  return window.withProgress(
    { location, title: shown(title), cancellable: true },
    async (progress, cancel) => {
      const subscription = cancel.onCancellationRequested(() => controller.abort());
      try {
        return await work(message => progress.report({ message: shown(message) }), controller.signal);
      } catch (error) {
        if (controller.signal.aborted) return undefined;
        throw error;
      } finally {
        subscription.dispose();
      }
    },
  );
}
