import type { QuickPick } from 'vscode';
import type { ShownItem } from './window.ts';

type Closing = 'selectedItems' | 'onDidAccept' | 'onDidHide' | 'show' | 'hide' | 'dispose';

/** Shows a quick pick and waits for the accepted item; undefined when it is closed. */
export function acceptedItem<Item extends ShownItem>(
  pick: Pick<QuickPick<Item>, Closing>,
): Promise<Item | undefined> {
  const { promise, resolve } = Promise.withResolvers<Item | undefined>();
  pick.onDidAccept(() => {
    resolve(pick.selectedItems[0]);
    pick.hide();
  });
  pick.onDidHide(() => {
    resolve(undefined);
    pick.dispose();
  });
  pick.show();
  return promise;
}
