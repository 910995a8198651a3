import * as vscode from 'vscode';
import { withDeadline } from '../../services/deadline.ts';
import { DISK_MS, isThere, writeWhole } from './files.ts';
import { endingOf, fileText } from './fileText.ts';

/**
 * Writes a text where the user said, which may be a folder that is on no disk. `ending` tells what it is where the name
 * of the file does not.
 */
export async function saveText(
  target: vscode.Uri,
  text: string,
  ending = endingOf(target.path),
): Promise<void> {
  if (target.scheme === 'file') await writeWhole(target.fsPath, text, ending);
  else
    await withDeadline(
      'disk',
      vscode.workspace.fs.writeFile(target, Buffer.from(fileText(ending, text))),
      DISK_MS,
    );
}

/** Whether there is anything at a place that may be on no disk. */
export async function isThereAt(target: vscode.Uri): Promise<boolean> {
  if (target.scheme === 'file') return isThere(target.fsPath);
  const looked = vscode.workspace.fs.stat(target).then(
    () => true,
    () => false,
  );
  return withDeadline('disk', looked, DISK_MS);
}
