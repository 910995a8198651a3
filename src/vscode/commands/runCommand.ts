import type { CommandId } from './commandIds.ts';
import type { CommandParts } from './commandParts.ts';
import { commands } from './commands.ts';
import { parseArgument } from './parseArgument.ts';
import { redactResult } from './redactResult.ts';

/** Runs a command. What it returns and throws holds no secret, since any extension may have called it. */
export function runCommand(parts: CommandParts, id: CommandId, argument: unknown): Promise<unknown> {
  return redactResult(async () => {
    const command = commands[id];
    return command.run(parts, parseArgument(id, command.argument, argument));
  });
}
