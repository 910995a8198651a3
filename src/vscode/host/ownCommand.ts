import * as vscode from 'vscode';
import type { CommandId } from '../commands/commandIds.ts';
import type { ViewId } from '../views/viewIds.ts';
import { showError } from './messages.ts';

/**
 * The commands that buttons, links and other commands may run: a command of the extension, or the one that shows a
 * view.
 */
export type OwnCommand = CommandId | `${ViewId}.focus`;

/** Runs a command of the extension through VS Code, as a person does: what is wrong is shown, as VS Code does for the palette. */
export async function runOwnCommand(command: OwnCommand, argument?: unknown): Promise<unknown> {
  try {
    return await vscode.commands.executeCommand(command, argument);
  } catch (error) {
    void showError(error instanceof Error ? error.message : String(error));
    return undefined;
  }
}
