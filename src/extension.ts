// By name: the whole namespace would be copied for a file that VS Code loads as CommonJS (`esbuild.js`).
import { commands, type Event, EventEmitter, type ExtensionContext, l10n, type Uri, window } from 'vscode';
import type { App } from './app.ts';
import { commandIds } from './commands/commandIds.ts';
import type { KeyState } from './quota/keyState.ts';
import { registerTools } from './tools/registerTools.ts';

/** What other extensions get from `activate()`. See the README. */
export interface KeyQuotaApi {
  readonly version: 1;
  /** All keys as they are known now; empty for the moment until the store is open. */
  readonly snapshot: () => readonly KeyState[];
  readonly onDidChange: Event<readonly KeyState[]>;
}

let running: Promise<App> | undefined;

/**
 * Returns at once: registers the names of commands and tools, and loads everything else behind VS Code's start.
 * The build makes one file of this and what it imports at once, whatever else imports the same (`esbuild.js`).
 */
export function activate(context: ExtensionContext): KeyQuotaApi {
  const changed = new EventEmitter<readonly KeyState[]>();
  let known: readonly KeyState[] = [];
  const publish = (keys: readonly KeyState[]) => {
    known = keys;
    changed.fire(keys);
  };
  running = afterActivation().then(async () => (await import('./app.ts')).startApp(context, publish));
  running.catch(async error => {
    const { showError } = await import('./host/messages.ts');
    void showError(l10n.t('Key Quota could not start: {0}', String(error)));
  });
  context.subscriptions.push(changed);
  for (const id of commandIds) {
    const run = async (argument: unknown) => (await running)?.run(id, argument);
    context.subscriptions.push(commands.registerCommand(id, run));
  }
  const tools = registerTools(async (name, input, token) => {
    if (!running) throw new Error('Key Quota has stopped');
    return (await running).useTool(name, input, token);
  });
  context.subscriptions.push(tools);
  const handleUri = async (uri: Uri) => (await running)?.openLink(uri);
  context.subscriptions.push(window.registerUriHandler({ handleUri }));
  return { version: 1, snapshot: () => known, onDidChange: changed.event };
}

/**
 * Resolves when VS Code has taken note that we are active. What is loaded before keeps it, and whoever waits for
 * us, from going on.
 */
function afterActivation(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve));
}

/** Calls off what is under way and closes the database. */
export async function deactivate(): Promise<void> {
  await (await running?.catch(() => undefined))?.stop();
}
