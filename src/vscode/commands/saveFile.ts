import { homedir } from 'node:os';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { showInformation } from '../host/messages.ts';
import { saveText } from '../host/saveText.ts';

/** A form in which something can be saved. */
export interface FileFormat {
  /** As a dialog names it. */
  readonly name: string;
  /** Without a dot. */
  readonly extension: string;
  readonly text: () => string;
}

/** At least one; the first is the usual one. */
export type FileFormats = readonly [FileFormat, ...FileFormat[]];

/** Asks where to save something, writes it there and says where. undefined: a person chose no place. */
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

/** Writes something in the format that the name of the file ends in, else the usual one. */
export async function writeFormat(target: vscode.Uri, formats: FileFormats): Promise<void> {
  const path = target.path.toLowerCase();
  const format = formats.find(({ extension }) => path.endsWith(`.${extension}`)) ?? formats[0];
  await saveText(target, format.text(), format.extension);
}

/** Where dialogs begin: in the open folder, else at home. */
export function defaultSaveFolder(): vscode.Uri {
  return vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(homedir());
}

/** A place as commands return it and people read it. */
export function displayPath(target: vscode.Uri): string {
  return target.scheme === 'file' ? target.fsPath : target.toString();
}

/** A name may be made of one that a person gave a key; file systems take fewer signs. */
function sanitizeFileName(fileName: string): string {
  return fileName.replace(/[^\p{L}\p{N} ._-]+/gu, '').replace(/^[ .-]+/, '');
}
