import * as vscode from 'vscode';
import { ifAvailable } from '../host/optionalApi.ts';
import type { ViewId } from '../views/viewIds.ts';

/** A view without content: it is shown while no key works, and its text is in the manifest. */
export function createTroubleView(): vscode.Disposable {
  return ifAvailable(() =>
    vscode.window.registerTreeDataProvider<never>('keyQuota.trouble' satisfies ViewId, {
      getChildren: () => [],
      getTreeItem: element => element,
    }),
  );
}
