import { type ShownText, shown, withIcon } from './shownText.ts';

/** A list item with plain texts. */
interface PlainItem {
  readonly icon?: string;
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
}

type Shown<Item extends PlainItem> = Omit<Item, 'icon' | 'label' | 'description' | 'detail'> & {
  readonly label: ShownText;
  readonly description?: ShownText;
  readonly detail?: ShownText;
};

/** A list item whose texts are redacted and escaped. */
export function shownItem<Item extends PlainItem>(item: Item): Shown<Item> {
  const { icon, label, description, detail, ...others } = item;
  return {
    ...others,
    label: icon === undefined ? shown(label) : withIcon(icon, label),
    ...(description !== undefined && { description: shown(description) }),
    ...(detail !== undefined && { detail: shown(detail) }),
  };
}
