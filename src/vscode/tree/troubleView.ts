import * as vscode from 'vscode';
import { ifAvailable } from '../host/optionalApi.ts';

/** A view that is empty on purpose: it appears while no key works, and what it says is in the manifest. */
export function createTroubleView(): vscode.Disposable {
  return ifAvailable(() =>
    vscode.window.registerTreeDataProvider<never>('keyQuota.trouble', {
      getChildren: () => [],
      getTreeItem: element => element,
    }),
  );
}
