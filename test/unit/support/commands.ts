import { registerHooks } from 'node:module';
import type { CommandHandler, CommandParts } from '../../../src/commands/commandParts.ts';
import type { Clock } from '../../../src/monitor/clock.ts';
import type { World } from './world.ts';

/** Just enough of VS Code for a command that is run by argument: progress, and nobody who answers. */
const NOBODY = `
  const never = { onCancellationRequested: () => ({ dispose() {} }) };
  const silence = async () => undefined;
  export const ProgressLocation = { Notification: 15 };
  export const window = {
    withProgress: (_options, work) => work({ report() {} }, never),
    showInformationMessage: silence,
    showQuickPick: silence,
  };
`;

/** Runs a command by argument, as a keybinding or another extension does: `run('listLogs', { key })`. */
export type Run = (name: string, argument: unknown) => Promise<unknown>;

/** The commands of a window without VS Code around it. What they return has been JSON and back. */
export function commandsOf(world: World, clock: Clock): Run {
  const { monitor, book, questions, store } = world;
  const log = { info: () => undefined, warn: () => undefined, debug: () => undefined, show: () => undefined };
  // Panels and settings pages are for people.
  const settings = () => world.settings;
  const parts = {
    monitor,
    book,
    questions,
    store,
    clock,
    log,
    settings,
  } as Partial<CommandParts> as CommandParts;
  return async (name, argument) => {
    const command = await load(name);
    const result = await command(parts, argument);
    return result === undefined ? undefined : JSON.parse(JSON.stringify(result));
  };
}

async function load(name: string): Promise<CommandHandler> {
  const hooks = registerHooks({
    resolve: (specifier, context, next) =>
      specifier === 'vscode'
        ? { url: `data:text/javascript,${encodeURIComponent(NOBODY)}`, shortCircuit: true }
        : next(specifier, context),
  });
  try {
    const file = (await import(`../../../src/commands/${name}.ts`)) as Record<string, CommandHandler>;
    const command = file[name];
    if (!command) throw new Error(`there is no command ${name}`);
    return command;
  } finally {
    hooks.deregister();
  }
}
