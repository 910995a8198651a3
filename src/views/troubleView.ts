import * as vscode from 'vscode';

/** A view that is empty on purpose: it appears while no key works, and what it says is in the manifest. */
export function createTroubleView(): vscode.Disposable {
  return vscode.window.registerTreeDataProvider<never>('keyQuota.trouble', {
    getChildren: () => [],
    getTreeItem: element => element,
  });
}
