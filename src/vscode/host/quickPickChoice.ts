import type { QuickPick } from 'vscode';
import type { ShownItem } from './window.ts';

type Closing = 'selectedItems' | 'onDidAccept' | 'onDidHide' | 'show' | 'hide' | 'dispose';

/** Shows a list and waits for what comes of it: the line that is accepted, or undefined when the list is closed. */
export function choiceIn<Item extends ShownItem>(
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
