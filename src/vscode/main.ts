import * as vscode from 'vscode';
import { lazyImport } from '../core/lazyImport.ts';
import type { Store } from '../core/ports/store.ts';
import type { KeyState } from '../core/quota/keyState.ts';
import { SECOND_MS } from '../core/time.ts';
import { settleWithin } from '../services/deadline.ts';
import { storedSnapshot } from '../services/polling/storedSnapshot.ts';
import { systemClock } from '../services/systemClock.ts';
import { loadHistoryTables } from '../store/loadHistoryTables.ts';
import { SqliteStore } from '../store/store.ts';
import { setDisplayLanguage } from '../text/displayLanguage.ts';
import type { CommandId } from './commands/commandIds.ts';
import type { CommandParts } from './commands/commandParts.ts';
import { applyDescriptions } from './host/describedSettings.ts';
import { readSettings } from './host/settings.ts';
import { textLanguage } from './host/textLanguage.ts';
import type { MainParts } from './mainParts.ts';
import type { PanelName, Revivable } from './panels/panelRevival.ts';
import type { ToolName } from './tools/toolNames.ts';
import { Views } from './views/views.ts';

/** The running extension, as extension.ts calls it. */
export interface Main {
  runCommand(id: CommandId, argument: unknown): Promise<unknown>;
  openLink(uri: vscode.Uri): Promise<void>;
  findPanel(name: PanelName): Promise<Revivable>;
  /** The message that a person sees while an agent's question is answered. */
  prepareTool(name: ToolName): Promise<vscode.PreparedToolInvocation>;
  useTool(
    name: ToolName,
    input: unknown,
    token: vscode.CancellationToken,
  ): Promise<vscode.LanguageModelToolResult>;
  stop(): Promise<void>;
}

type Publish = (keys: readonly KeyState[]) => void;

/** How long the first figures wait for a locked database; polling waits again later. */
const LOCK_TIMEOUT_MS = SECOND_MS;
/** How long polling waits for the first figures to be on screen. */
const ON_SCREEN_DEADLINE_MS = SECOND_MS;
/** How long each part may take to end; VS Code allows five seconds for all. */
const STOP_DEADLINE_MS = SECOND_MS;

/** Shows the stored figures, then loads and starts everything else. */
export async function startMain(context: vscode.ExtensionContext, publish: Publish): Promise<Main> {
  setDisplayLanguage(textLanguage(), vscode.l10n.bundle);
  applyDescriptions();
  const clock = systemClock;
  let parts: MainParts | undefined;
  const store = await SqliteStore.start(context.globalStorageUri.fsPath, clock.now, trouble => {
    void lazyImport(() => import('./notifications/showStoreTrouble.ts')).then(({ showStoreTrouble }) =>
      showStoreTrouble(trouble),
    );
    parts?.orphanedSecretCheck.adoptAll();
  });
  const views = new Views(clock);
  context.subscriptions.push(views);
  await renderStored(store, views, publish);

  const [{ createMainParts }] = await Promise.all([
    lazyImport(() => import('./mainParts.ts')),
    loadHistoryTables(),
  ]);
  parts = createMainParts({ context, store, clock, views, publish });
  await parts.start();
  return mainOf(parts, context);
}

async function renderStored(store: Store, views: Views, publish: Publish): Promise<void> {
  try {
    const keys = await store.retryWhileLocked(
      () => storedSnapshot(store, readSettings(), systemClock.now()),
      LOCK_TIMEOUT_MS,
    );
    views.renderViews(keys);
    publish(keys);
    // Polling starts after that, so that it does not delay the first figures.
    await settleWithin(() => views.onScreen, ON_SCREEN_DEADLINE_MS);
  } catch {
    // The first poll shows the figures instead.
  }
}

/** The functions for VS Code's calls. The code of commands, panels and tools is loaded by the first call. */
function mainOf(parts: MainParts, context: vscode.ExtensionContext): Main {
  let loading: Promise<CommandParts> | undefined;
  const commandParts = () => {
    loading ??= lazyImport(() => import('./commands/createPanels.ts')).then(({ createPanels }) =>
      createPanels(parts, context),
    );
    return loading;
  };
  return {
    async runCommand(id, argument) {
      const { runCommand } = await lazyImport(() => import('./commands/runCommand.ts'));
      return runCommand(await commandParts(), id, argument);
    },
    async openLink(uri) {
      const { openLink } = await lazyImport(() => import('./commands/keys/openLink.ts'));
      await openLink(await commandParts(), uri);
    },
    findPanel: async name => (await commandParts()).panels[name],
    async prepareTool(name) {
      const { prepareTool } = await lazyImport(() => import('./tools/useTool.ts'));
      return prepareTool(name);
    },
    async useTool(name, input, token) {
      const { useTool } = await lazyImport(() => import('./tools/useTool.ts'));
      return useTool(name, parts, input, token);
    },
    async stop() {
      parts.stopPolling();
      // Each with a deadline: a part that hangs must not keep the database from being closed.
      await Promise.all([
        settleWithin(async () => {
          const { panels } = (await loading) ?? {};
          panels?.usage.dispose();
          panels?.logs.dispose();
        }, STOP_DEADLINE_MS),
        settleWithin(() => parts.secretClipboard.clear(), STOP_DEADLINE_MS),
        settleWithin(() => parts.monitor.idle(), STOP_DEADLINE_MS),
      ]);
      await settleWithin(() => parts.closeTransport(), STOP_DEADLINE_MS);
      parts.store.close();
    },
  };
}
