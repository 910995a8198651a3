import { checkArgument } from './checkArgument.ts';
import type { CommandId } from './commandIds.ts';
import type { CommandParts } from './commandParts.ts';
import { commands } from './commands.ts';
import { redactResult } from './redactResult.ts';

/** Runs a command. Its answer and its errors hold no secret, whoever called it. */
export function runCommand(parts: CommandParts, id: CommandId, argument: unknown): Promise<unknown> {
  return redactResult(async () => {
    checkArgument(id, argument);
    return commands[id].run(parts, argument);
  });
}
