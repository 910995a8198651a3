import * as vscode from 'vscode';
import { withDeadline } from '../../services/deadline.ts';
import { DISK_MS, writeWhole } from './files.ts';
import { fileText } from './fileText.ts';

/** Writes a text where the user said, which may be a folder that is on no disk. */
export async function saveText(target: vscode.Uri, text: string): Promise<void> {
  if (target.scheme === 'file') await writeWhole(target.fsPath, text);
  else
    await withDeadline(
      'disk',
      vscode.workspace.fs.writeFile(target, Buffer.from(fileText(target.path, text))),
      DISK_MS,
    );
}
