import type { Clock } from '../../../src/core/ports/clock.ts';
import { HistoryService } from '../../../src/services/usage/historyService.ts';
import type { CommandId } from '../../../src/vscode/commands/commandIds.ts';
import type { CommandParts } from '../../../src/vscode/commands/commandParts.ts';
import { runCommand } from './runCommand.ts';
import type { TestWindow } from './testWindow.ts';

/** Runs a command by argument, as a keybinding or another extension does: `run('listLogs', { key })`. */
export type RunCommand = (name: string, argument: unknown) => Promise<unknown>;

/** The commands of a window without VS Code around it. What they return has been JSON and back. */
export function commandRunner(testWindow: TestWindow, clock: Clock): RunCommand {
  const { monitor, keyService, keyRequests, store } = testWindow;
  const log = { info: () => undefined, warn: () => undefined, debug: () => undefined, show: () => undefined };
  // Panels and settings pages are for people.
  const settings = () => testWindow.settings;
  const parts = {
    monitor,
    keyService,
    keyRequests,
    historyService: new HistoryService(store, clock),
    store,
    clock,
    log,
    settings,
  } as Partial<CommandParts> as CommandParts;
  return async (name, argument) => {
    const result = await runCommand(parts, `keyQuota.${name}` as CommandId, argument);
    return result === undefined ? undefined : JSON.parse(JSON.stringify(result));
  };
}
