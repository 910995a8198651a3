import type { LineWord } from '../tree/treeNode.ts';
import type { ArgumentSchema } from './argumentSchema.ts';
import type { CommandHandler } from './commandParts.ts';

/** Where a command stands in a menu of the tree of keys. */
export type MenuPlace = ViewTitlePlace | TreeItemPlace;

/** At the top of the view. */
interface ViewTitlePlace {
  readonly menu: 'view/title';
  readonly group: string;
}

/** At each line that is what one of these words says. */
interface TreeItemPlace {
  readonly menu: 'view/item/context';
  readonly contextWords: readonly LineWord[];
  readonly group: string;
}

/**
 * One command: what VS Code offers of it, which `npm run manifest` writes into package.json, and what it does. Its
 * title is `command.<name>` in package.nls.json.
 */
export interface Command {
  /** When the palette offers it: never where it means nothing without a line of the tree, or is for programs. */
  readonly palette: 'always' | 'withKeys' | 'never';
  /** The name of a codicon. */
  readonly icon?: string;
  readonly menus?: readonly MenuPlace[];
  /** Absent where it takes nothing, or says for itself what it takes. */
  readonly argument?: ArgumentSchema;
  readonly run: CommandHandler;
}
