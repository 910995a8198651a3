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
  readonly ending: string;
  readonly text: () => string;
}

/** At least one; the first is the usual one. */
export type FileFormats = readonly [FileFormat, ...FileFormat[]];

/** Asks where to save something, writes it there and says where. undefined: a person chose no place. */
export async function saveFile(fileName: string, formats: FileFormats): Promise<vscode.Uri | undefined> {
  const target = await vscode.window.showSaveDialog({
    defaultUri: vscode.Uri.joinPath(saveFolder(), withoutOddSigns(fileName)),
    filters: Object.fromEntries(formats.map(({ name, ending }) => [name, [ending]])),
  });
  if (!target) return undefined;
  await writeFormat(target, formats);
  void showInformation(l10n.t('Saved as {0}', pathOf(target)));
  return target;
}

/** Writes something in the format that the name of the file ends in, else the usual one. */
export async function writeFormat(target: vscode.Uri, formats: FileFormats): Promise<void> {
  const path = target.path.toLowerCase();
  const format = formats.find(({ ending }) => path.endsWith(`.${ending}`)) ?? formats[0];
  await saveText(target, format.text(), format.ending);
}

/** Where dialogs begin: in the open folder, else at home. */
export function saveFolder(): vscode.Uri {
  return vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(homedir());
}

/** A place as commands return it and people read it. */
export function pathOf(target: vscode.Uri): string {
  return target.scheme === 'file' ? target.fsPath : target.toString();
}

/** A name may be made of one that a person gave a key; file systems take fewer signs. */
function withoutOddSigns(fileName: string): string {
  return fileName.replace(/[^\p{L}\p{N} ._-]+/gu, '').replace(/^[ .-]+/, '');
}
