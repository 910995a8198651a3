import * as vscode from 'vscode';
import type { CommandId } from '../commands/commandIds.ts';
import type { ViewId } from '../views/viewIds.ts';

/**
 * The commands that buttons, links and other commands may run: a command of the extension, or the one that shows a
 * view.
 */
export type OwnCommand = CommandId | `${ViewId}.focus`;

/** Runs a command of the extension through VS Code, as a person does. */
export async function runOwnCommand(command: OwnCommand, argument?: unknown): Promise<unknown> {
  return vscode.commands.executeCommand(command, argument);
}
