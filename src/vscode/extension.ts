// By name: for a namespace import in CommonJS, esbuild copies all of VS Code's API at activation.
import { commands, EventEmitter, type ExtensionContext, l10n, lm } from 'vscode';
import { frozen } from '../core/frozen.ts';
import type { KeyState } from '../core/quota/keyState.ts';
import { SECOND_MS } from '../core/time.ts';
import { withDeadline } from '../services/deadline.ts';
import { toolNames } from '../services/tools/toolNames.ts';
import { commandIds } from './commands/commandIds.ts';
import { ifAvailable } from './host/optionalApi.ts';
import { window } from './host/window.ts';
import type { KeyQuotaApi } from './keyQuotaApi.ts';
import type { Main } from './mainCalls.ts';
import { revivePanels } from './panels/panelRevival.ts';

let main: Promise<Main> | undefined;

/**
 * Registers commands, tools, links and panels, and returns the API at once. Everything else is loaded by `main.ts`;
 * each call waits for that.
 */
export function activate(context: ExtensionContext): KeyQuotaApi {
  const changed = new EventEmitter<readonly KeyState[]>();
  let snapshot: readonly KeyState[] = [];
  const started = startMain(context, keys => {
    snapshot = keys;
    changed.fire(keys);
  });
  // `startMain` shows the error, and each call throws it.
  started.catch(() => undefined);
  main = started;
  context.subscriptions.push(
    changed,
    ...commandIds.map(id =>
      commands.registerCommand(id, async argument => (await started).runCommand(id, argument)),
    ),
    ...toolNames.map(name =>
      ifAvailable(() =>
        lm.registerTool(name, {
          prepareInvocation: async () => (await started).prepareTool(name),
          invoke: async ({ input }, token) => (await started).useTool(name, input, token),
        }),
      ),
    ),
    ifAvailable(() => window.registerUriHandler({ handleUri: async uri => (await started).openLink(uri) })),
    ifAvailable(() => revivePanels(async name => (await started).findPanel(name))),
  );
  // Frozen, since all extensions and our own views share these objects.
  return Object.freeze({
    version: 1,
    snapshot: () => frozen(snapshot),
    onDidChange: (listener, ...rest) => changed.event(keys => listener.call(rest[0], frozen(keys)), ...rest),
  } satisfies KeyQuotaApi);
}

async function startMain(
  context: ExtensionContext,
  publish: (keys: readonly KeyState[]) => void,
): Promise<Main> {
  try {
    // VS Code first marks the extension as active: until then, VS Code and other extensions would wait for all of this.
    await new Promise(resolve => setImmediate(resolve));
    return await (await import('./main.ts')).startMain(context, publish);
  } catch (error) {
    throw await showStartError(error);
  }
}

/** Shows why the start failed. Returns the error for each call to throw, which VS Code shows. */
async function showStartError(error: unknown): Promise<Error> {
  const messages = await import('./host/messages.ts').catch(() => undefined);
  if (!messages) {
    return new Error(
      l10n.t('Key Quota was updated or removed while this window was open. Reload the window.'),
    );
  }
  const shown = messages.shownError(error);
  void messages.showError(l10n.t('Key Quota could not start: {0}', String(shown)));
  return shown;
}

/** Part of the five seconds that VS Code gives an extension to end. */
const START_GRACE_MS = SECOND_MS;

/** Aborts requests and closes the database. Does not wait for a start that hangs. */
export async function deactivate(): Promise<void> {
  const started = main && (await withDeadline('editor', main, START_GRACE_MS).catch(() => undefined));
  await started?.stop();
}
