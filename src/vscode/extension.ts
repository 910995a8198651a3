import * as vscode from 'vscode';
import { frozen } from '../core/frozen.ts';
import type { KeyState } from '../core/quota/keyState.ts';
import { SECOND_MS } from '../core/time.ts';
import { withDeadline } from '../services/deadline.ts';
import { commandIds } from './commands/commandIds.ts';
import { ifAvailable } from './host/optionalApi.ts';
import type { KeyQuotaApi } from './keyQuotaApi.ts';
import type { Main } from './main.ts';
import { revivePanels } from './panels/panelRevival.ts';
import { toolNames } from './tools/toolNames.ts';

let main: Promise<Main> | undefined;

/**
 * Registers everything that can be called and returns at once; what answers is loaded beside it, and each call waits
 * for that. The build makes one file of this and what it imports, whatever else imports the same (`esbuild.js`).
 */
export function activate(context: vscode.ExtensionContext): KeyQuotaApi {
  const changed = new vscode.EventEmitter<readonly KeyState[]>();
  let known: readonly KeyState[] = [];
  const started = startMain(context, keys => {
    known = keys;
    changed.fire(keys);
  });
  // Told there, and thrown by each call.
  started.catch(() => undefined);
  main = started;
  context.subscriptions.push(
    changed,
    ...commandIds.map(id =>
      vscode.commands.registerCommand(id, async argument => (await started).runCommand(id, argument)),
    ),
    ...toolNames.map(name =>
      ifAvailable(() =>
        vscode.lm.registerTool(name, {
          prepareInvocation: async () => (await started).prepareTool(name),
          invoke: async ({ input }, token) => (await started).useTool(name, input, token),
        }),
      ),
    ),
    ifAvailable(() =>
      vscode.window.registerUriHandler({ handleUri: async uri => (await started).openLink(uri) }),
    ),
    ifAvailable(() => revivePanels(async name => (await started).findPanel(name))),
  );
  // All extensions get the same objects, which are also what we show: nobody may change them for the others.
  return Object.freeze({
    version: 1,
    snapshot: () => frozen(known),
    onDidChange: (listener, ...rest) => changed.event(keys => listener.call(rest[0], frozen(keys)), ...rest),
  } satisfies KeyQuotaApi);
}

async function startMain(
  context: vscode.ExtensionContext,
  publish: (keys: readonly KeyState[]) => void,
): Promise<Main> {
  try {
    // VS Code takes note first that we are active: until then it, and whoever waits for us, would wait for all this.
    await new Promise(resolve => setImmediate(resolve));
    return await (await import('./main.ts')).startMain(context, publish);
  } catch (error) {
    throw await tellFailedStart(error);
  }
}

/** Says that nothing works, and why. Returns what each call is to throw, which VS Code shows. */
async function tellFailedStart(error: unknown): Promise<Error> {
  const messages = await import('./host/messages.ts').catch(() => undefined);
  if (!messages) {
    return new Error(
      vscode.l10n.t('Key Quota was updated or removed while this window was open. Reload the window.'),
    );
  }
  const shown = messages.shownError(error);
  void messages.showError(vscode.l10n.t('Key Quota could not start: {0}', String(shown)));
  return shown;
}

/** VS Code gives an extension five seconds to end. */
const STARTED_MS = SECOND_MS;

/** Calls off what is under way and closes the database. A start that hangs is not waited for. */
export async function deactivate(): Promise<void> {
  const started = main && (await withDeadline('editor', main, STARTED_MS).catch(() => undefined));
  await started?.stop();
}
