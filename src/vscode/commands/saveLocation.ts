import { homedir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';

/** Where a dialog offers to save a file of this name: in the open folder, else at home. */
export function savePlace(fileName: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  return folder ? vscode.Uri.joinPath(folder, fileName) : vscode.Uri.file(join(homedir(), fileName));
}
