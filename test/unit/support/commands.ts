import type { Clock } from '../../../src/core/ports/clock.ts';
import { HistoryService } from '../../../src/services/usage/historyService.ts';
import type * as CheckArgument from '../../../src/vscode/commands/checkArgument.ts';
import type { Command } from '../../../src/vscode/commands/command.ts';
import type { CommandId } from '../../../src/vscode/commands/commandIds.ts';
import type { CommandParts } from '../../../src/vscode/commands/commandParts.ts';
import { commandPath } from './commandPath.ts';
import type { TestWindow } from './testWindow.ts';
import { importWithStub } from './vscodeStub.ts';

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
    const command = await loadCommand(name);
    const { checkArgument } = await importWithStub<typeof CheckArgument>('vscode/commands/checkArgument.ts');
    checkArgument(`keyQuota.${name}` as CommandId, argument);
    const result = await command.run(parts, argument);
    return result === undefined ? undefined : JSON.parse(JSON.stringify(result));
  };
}

async function loadCommand(name: string): Promise<Command> {
  const file = await importWithStub<Record<string, Command>>(commandPath(name));
  const command = file[name];
  if (!command) throw new Error(`there is no command ${name}`);
  return command;
}
