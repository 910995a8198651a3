import * as vscode from 'vscode';
import type { App } from './app.ts';
import { commandIds } from './commands/commandIds.ts';
import type { KeyState } from './quota/keyState.ts';

/** What other extensions get from `activate()`. See the README. */
export interface KeyQuotaApi {
  readonly version: 1;
  /** All keys as they are known now; empty for the moment until the store is open. */
  readonly snapshot: () => readonly KeyState[];
  readonly onDidChange: vscode.Event<readonly KeyState[]>;
}

let running: Promise<App> | undefined;

/** Returns at once: registers the commands' names, and loads everything else behind VS Code's start. */
export function activate(context: vscode.ExtensionContext): KeyQuotaApi {
  const changed = new vscode.EventEmitter<readonly KeyState[]>();
  let app: App | undefined;
  running = import('./app.ts').then(({ startApp }) => startApp(context, changed));
  running.then(
    started => {
      app = started;
    },
    error =>
      void vscode.window.showErrorMessage(vscode.l10n.t('Key Quota could not start: {0}', String(error))),
  );
  context.subscriptions.push(changed);
  for (const id of commandIds) {
    const run = async (argument: unknown) => (await running)?.run(id, argument);
    context.subscriptions.push(vscode.commands.registerCommand(id, run));
  }
  return { version: 1, snapshot: () => app?.snapshot ?? [], onDidChange: changed.event };
}

/** Calls off what is under way and closes the database. */
export async function deactivate(): Promise<void> {
  await (await running?.catch(() => undefined))?.stop();
}
