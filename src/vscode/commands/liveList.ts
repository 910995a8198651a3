import type { QuickInputButton } from 'vscode';
import { Redraw } from '../../services/redraw.ts';
import { acceptedItem } from '../host/quickPickChoice.ts';
import { shown } from '../host/shownText.ts';
import { type ShownItem, window } from '../host/window.ts';
import type { CommandParts } from './commandParts.ts';

/** A quick pick item that is recognized by its id when the list is drawn again. */
export interface LiveItem extends ShownItem {
  readonly id: string;
}

interface LiveListOptions<Item extends LiveItem> {
  readonly title: string;
  readonly placeHolder?: string;
  /** The current items. */
  readonly items: () => readonly Item[];
  /** The item that is active at first, in place of the first one. */
  readonly firstId?: string;
  readonly onButton?: (button: QuickInputButton) => unknown;
}

/**
 * Lets the user pick one of several items, which are kept current while the list is open: they are drawn again at each
 * change of the snapshot, and when time alone changes what one of them says.
 */
export function pickLive<Item extends LiveItem>(
  { monitor, clock }: Pick<CommandParts, 'monitor' | 'clock'>,
  { title, placeHolder, items, firstId, onButton }: LiveListOptions<Item>,
): Promise<Item | undefined> {
  const pick = window.createQuickPick<Item>();
  pick.title = shown(title);
  if (placeHolder !== undefined) pick.placeholder = shown(placeHolder);
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.keepScrollPosition = true;
  const draw = () => {
    const [active] = pick.activeItems;
    pick.items = items();
    // Without an active line Enter would close the list and do nothing.
    const activeId = active?.id ?? firstId ?? pick.items[0]?.id;
    pick.activeItems = pick.items.filter(({ id }) => id === activeId);
  };
  const redraw = new Redraw(clock, draw, () => pick.items.length);
  redraw.drawNow();
  const subscriptions = [
    redraw,
    monitor.onDidChange(() => redraw.drawNow()),
    pick.onDidTriggerItemButton(async ({ button }) => {
      pick.busy = true;
      await Promise.resolve(onButton?.(button)).finally(() => {
        pick.busy = false;
      });
    }),
  ];
  return acceptedItem(pick).finally(() => {
    for (const subscription of subscriptions) subscription.dispose();
  });
}
