import * as vscode from 'vscode';

/** Does work behind a progress notification with a cancel button; undefined when the user used it. */
export async function cancellable<T>(
  title: string,
  work: (tell: (message: string) => void, signal: AbortSignal) => Promise<T>,
): Promise<T | undefined> {
  const end = new AbortController();
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return vscode.window.withProgress(options, async (progress, cancel) => {
    const subscription = cancel.onCancellationRequested(() => end.abort());
    try {
      return await work(message => progress.report({ message }), end.signal);
    } catch (error) {
      if (end.signal.aborted) return undefined;
      throw error;
    } finally {
      subscription.dispose();
    }
  });
}
