import type { CommandId } from '../../../src/vscode/commands/commandIds.ts';
import type { CommandParts } from '../../../src/vscode/commands/commandParts.ts';
import type * as Commands from '../../../src/vscode/commands/commands.ts';
import { parseArgument } from '../../../src/vscode/commands/parseArgument.ts';
import { importWithStub } from './vscodeStub.ts';

const { commands } = await importWithStub<typeof Commands>('vscode/commands/commands.ts');

// Loaded late by its command, when there is no stub any more.
await importWithStub('vscode/commands/keys/add/addByForm.ts');

/** Runs a command as a keybinding or another extension does: `runCommand(parts, 'keyQuota.listLogs', { key })`. */
export async function runCommand(parts: CommandParts, id: CommandId, argument?: unknown): Promise<unknown> {
  const command = commands[id];
  return command.run(parts, parseArgument(id, command.argument, argument));
}
