import * as vscode from 'vscode';
import { withDeadline } from '../../services/deadline.ts';
import { DISK_MS, fileExists, writeFileAtomically } from './files.ts';
import { extensionOf, fileText } from './fileText.ts';

/**
 * Writes a text where the user chose, which may be in a virtual file system. `ending` is the kind of file where its
 * name has no extension.
 */
export async function saveText(
  target: vscode.Uri,
  text: string,
  ending = extensionOf(target.path),
): Promise<void> {
  if (target.scheme === 'file') await writeFileAtomically(target.fsPath, text, ending);
  else
    await withDeadline(
      'disk',
      vscode.workspace.fs.writeFile(target, Buffer.from(fileText(ending, text))),
      DISK_MS,
    );
}

/** Whether anything exists at a place, which may be in a virtual file system. */
export async function uriExists(target: vscode.Uri): Promise<boolean> {
  if (target.scheme === 'file') return fileExists(target.fsPath);
  const looked = vscode.workspace.fs.stat(target).then(
    () => true,
    () => false,
  );
  return withDeadline('disk', looked, DISK_MS);
}
