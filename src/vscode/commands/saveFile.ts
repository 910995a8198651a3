import { homedir } from 'node:os';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { showInformation } from '../host/messages.ts';
import { saveText } from '../host/saveText.ts';

/** A format in which something can be saved. */
export interface FileFormat {
  /** The name of the format in the dialog. */
  readonly name: string;
  /** Without a dot. */
  readonly extension: string;
  readonly text: () => string;
}

/** At least one; the first is the default. */
export type FileFormats = readonly [FileFormat, ...FileFormat[]];

/** Asks where to save something, writes it there and shows where. undefined: the user cancelled. */
export async function saveFile(fileName: string, formats: FileFormats): Promise<vscode.Uri | undefined> {
  const target = await vscode.window.showSaveDialog({
    defaultUri: vscode.Uri.joinPath(defaultSaveFolder(), sanitizeFileName(fileName)),
    filters: Object.fromEntries(formats.map(({ name, extension }) => [name, [extension]])),
  });
  if (!target) return undefined;
  await writeFormat(target, formats);
  void showInformation(l10n.t('Saved as {0}', displayPath(target)));
  return target;
}

/** Writes something in the format of the file's extension, else in the first. */
export async function writeFormat(target: vscode.Uri, formats: FileFormats): Promise<void> {
  const path = target.path.toLowerCase();
  const format = formats.find(({ extension }) => path.endsWith(`.${extension}`)) ?? formats[0];
  await saveText(target, format.text(), format.extension);
}

/** The folder at which dialogs open: the open folder, else the home folder. */
export function defaultSaveFolder(): vscode.Uri {
  return vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(homedir());
}

/** A file as commands return it and messages show it. */
export function displayPath(target: vscode.Uri): string {
  return target.scheme === 'file' ? target.fsPath : target.toString();
}

/** Removes the characters that a file system may refuse: the name may contain a key's label. */
function sanitizeFileName(fileName: string): string {
  return fileName.replace(/[^\p{L}\p{N} ._-]+/gu, '').replace(/^[ .-]+/, '');
}
