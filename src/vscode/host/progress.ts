import * as vscode from 'vscode';
import type { ViewId } from '../views/viewIds.ts';
import { shown } from './shownText.ts';
import { window } from './window.ts';

/** Runs `work` behind a progress notification. */
export function withProgressNotification<T>(title: string, work: () => Promise<T>): Promise<T> {
  const options = { location: vscode.ProgressLocation.Notification, title: shown(title) };
  return Promise.resolve(window.withProgress(options, work));
}

/** Runs `work` while the view of the keys shows its progress bar. */
export function withBusyTree<T>(work: () => Promise<T>): Promise<T> {
  return Promise.resolve(
    window.withProgress({ location: { viewId: 'keyQuota.keys' satisfies ViewId } }, work),
  );
}
