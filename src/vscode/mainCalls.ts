import type * as vscode from 'vscode';
import { lazyImport } from '../core/lazyImport.ts';
import { SECOND_MS } from '../core/time.ts';
import { settleWithin } from '../services/deadline.ts';
import type { ToolName } from '../services/tools/toolNames.ts';
import type { CommandId } from './commands/commandIds.ts';
import type { CommandParts } from './commands/commandParts.ts';
import { createMainParts, type MainParts, type MainPartsInput } from './mainParts.ts';
import type { PanelName } from './panels/panelNames.ts';
import type { Revivable } from './panels/panelRevival.ts';

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

/** How long each part may take to end; VS Code allows five seconds for all. */
const STOP_DEADLINE_MS = SECOND_MS;

/** Creates all services, and what VS Code calls. No request is sent before `parts.start`. */
export function createMain(input: MainPartsInput): { readonly parts: MainParts; readonly main: Main } {
  const parts = createMainParts(input);
  return { parts, main: mainOf(parts, input.context) };
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
          panels?.overview.dispose();
        }, STOP_DEADLINE_MS),
        settleWithin(() => parts.secretClipboard.clear(), STOP_DEADLINE_MS),
        settleWithin(() => parts.monitor.idle(), STOP_DEADLINE_MS),
      ]);
      await settleWithin(() => parts.closeTransport(), STOP_DEADLINE_MS);
      parts.store.close();
    },
  };
}
