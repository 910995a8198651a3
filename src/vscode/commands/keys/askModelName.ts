import { acceptedItem } from '../../host/quickPickChoice.ts';
import { shownItem } from '../../host/shownItem.ts';
import { shown } from '../../host/shownText.ts';
import { type ShownItem, window } from '../../host/window.ts';

/** A model that is offered. */
export interface OfferedName {
  readonly name: string;
  readonly description?: string;
}

/** Has a person choose the name of a model, or type any other; undefined where they close the list. */
export async function askModelName(
  title: string,
  placeholder: string,
  offered: readonly OfferedName[],
): Promise<string | undefined> {
  const pick = window.createQuickPick<ShownItem & { readonly model: string }>();
  pick.title = shown(title);
  pick.placeholder = shown(placeholder);
  const known = offered.map(({ name, description }) =>
    shownItem({ label: name, ...(description !== undefined && { description }), model: name }),
  );
  const offer = (typed: string) => {
    const isKnown = known.some(({ model }) => model.toLowerCase() === typed.toLowerCase());
    pick.items = typed === '' || isKnown ? known : [shownItem({ label: typed, model: typed }), ...known];
  };
  offer('');
  pick.onDidChangeValue(value => offer(value.trim()));
  return (await acceptedItem(pick))?.model;
}
