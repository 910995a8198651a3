import type { StepPosition } from './formSteps.ts';
import type { PickOptions } from './forms.ts';
import { shown } from './shownText.ts';
import { type ShownItem, window } from './window.ts';

export interface TypedList<Item extends ShownItem, Taken> {
  /** The initial text of the field. */
  readonly value?: string;
  /** The items for what is typed in the field above them. */
  readonly itemsFor: (typed: string) => readonly Item[];
  /** The item that Enter takes where none is active, because the list does not match the typed text yet. */
  readonly itemTyped: (typed: string) => Item | undefined;
  /** Whether Enter takes an item; others are remarks on what was typed. */
  readonly isChoice: (item: Item) => boolean;
  /** The answer that a typed text gives at once, without Enter; `before` is the previous text of the field. */
  readonly takenAtOnce: (typed: string, before: string) => Taken | undefined;
}

/**
 * Lets the user pick an item, or type and paste what is not among them. What is taken at once leaves the field before
 * anything else happens.
 */
export function pickOrType<Item extends ShownItem, Taken>(
  { value = '', itemsFor, itemTyped, isChoice, takenAtOnce }: TypedList<Item, Taken>,
  { title, placeHolder = '' }: PickOptions,
  { step, totalSteps }: StepPosition,
): Promise<Item | Taken | undefined> {
  const { promise, resolve } = Promise.withResolvers<Item | Taken | undefined>();
  const pick = window.createQuickPick<Item>();
  const end = (answer: Item | Taken) => {
    resolve(answer);
    pick.hide();
  };
  pick.title = shown(title);
  pick.placeholder = shown(placeHolder);
  pick.step = step;
  pick.totalSteps = totalSteps;
  pick.matchOnDescription = true;
  pick.ignoreFocusOut = true;
  pick.value = value;
  pick.items = itemsFor(value);
  let before = value;
  pick.onDidChangeValue(typed => {
    const taken = takenAtOnce(typed, before);
    before = typed;
    if (taken === undefined) {
      pick.items = itemsFor(typed);
      return;
    }
    pick.value = '';
    end(taken);
  });
  pick.onDidAccept(() => {
    const item = pick.selectedItems[0] ?? itemTyped(pick.value);
    if (item && isChoice(item)) end(item);
  });
  pick.onDidHide(() => {
    resolve(undefined);
    pick.dispose();
  });
  pick.show();
  return promise;
}
