// By name: the whole namespace would be copied for a file that VS Code loads as CommonJS (`esbuild.js`).
import { commands, EventEmitter, type ExtensionContext, type LanguageModelTool, l10n, lm } from 'vscode';
import { frozen } from '../core/frozen.ts';
import type { KeyState } from '../core/quota/keyState.ts';
import { withDeadline } from '../services/deadline.ts';
import type { App } from './app.ts';
import { commandIds } from './commands/commandIds.ts';
import { ifAvailable } from './host/optionalApi.ts';
import type { KeyQuotaApi } from './keyQuotaApi.ts';
import { toolNames } from './tools/toolNames.ts';

let running: Promise<App> | undefined;

/**
 * Returns at once: registers everything that can be called, and loads what answers behind VS Code's start.
 * The build makes one file of this and what it imports at once, whatever else imports the same (`esbuild.js`).
 */
function activate(context: ExtensionContext): KeyQuotaApi {
  const changed = new EventEmitter<readonly KeyState[]>();
  let known: readonly KeyState[] = [];
  const publish = (keys: readonly KeyState[]) => {
    known = keys;
    changed.fire(keys);
  };
  const app = afterActivation()
    .then(async () => (await import('./main.ts')).startApp(context, publish))
    .catch(async error => {
      // What a command throws is shown, and that it could not start is thrown by every one.
      const messages = await import('./host/messages.ts').catch(() => {
        // Not even that is there: our files were taken away while we began.
        throw new Error(
          l10n.t('Key Quota was updated or removed while this window was open. Reload the window.'),
        );
      });
      throw messages.shownError(error);
    });
  app.catch(async error => {
    const { showError } = await import('./host/messages.ts');
    void showError(l10n.t('Key Quota could not start: {0}', String(error)));
  });
  running = app;
  context.subscriptions.push(changed);
  registerCommands(context, app);
  registerTools(context, app);
  // All extensions get the same objects, which are also what we show: nobody may change them for the others.
  return Object.freeze({
    version: 1,
    snapshot: () => frozen(known),
    onDidChange: (listener, ...rest) => changed.event(keys => listener.call(rest[0], frozen(keys)), ...rest),
  } satisfies KeyQuotaApi);
}

/**
 * Resolves when VS Code has taken note that we are active. What is done before keeps it, and whoever waits for us,
 * from going on.
 */
function afterActivation(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve));
}

function registerCommands({ subscriptions }: ExtensionContext, app: Promise<App>): void {
  for (const id of commandIds) {
    subscriptions.push(commands.registerCommand(id, async argument => (await app).run(id, argument)));
  }
}

function registerTools({ subscriptions }: ExtensionContext, app: Promise<App>): void {
  for (const name of toolNames) {
    const prepareInvocation = async () => (await app).prepareTool(name);
    const invoke: LanguageModelTool<unknown>['invoke'] = async (options, token) =>
      (await app).useTool(name, options.input, token);
    subscriptions.push(
      ifAvailable('lm.registerTool', () => lm.registerTool(name, { prepareInvocation, invoke })),
    );
  }
}

/** VS Code gives an extension five seconds to end. */
const STARTED_MS = 1000;

/** Calls off what is under way and closes the database. A start that hangs is not waited for. */
async function deactivate(): Promise<void> {
  const app = running && (await withDeadline('editor', running, STARTED_MS).catch(() => undefined));
  await app?.stop();
}

// In CommonJS's own words: the helpers that esbuild writes for `export` took 0.2 ms of every start.
module.exports = { activate, deactivate };
