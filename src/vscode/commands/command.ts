import type { LineWord } from '../tree/treeNode.ts';
import type { ArgumentSchema, MemberSchemas, NoMembers } from './argumentSchema.ts';
import type { CommandParts } from './commandParts.ts';
import type { CommandInput } from './parseArgument.ts';

/** A menu of the tree of keys that has a command, and where in it. */
export type MenuPlace = ViewTitlePlace | TreeItemPlace;

/** The menu at the top of the view. VS Code hands over the focused line, if there is one. */
interface ViewTitlePlace {
  readonly menu: 'view/title';
  readonly group: string;
}

/** The menu of each line whose `contextValue` has one of these words. */
interface TreeItemPlace {
  readonly menu: 'view/item/context';
  readonly contextWords: readonly LineWord[];
  readonly group: string;
}

/**
 * One command: what VS Code offers of it, which `npm run manifest` writes into package.json, and what it does. Its
 * title is `command.<name>` in package.nls.json.
 */
export interface Command<Schemas extends MemberSchemas = MemberSchemas> {
  /** When the palette offers it: never where it needs a line of the tree, or is for programs. */
  readonly palette: 'always' | 'withKeys' | 'never';
  /** The name of a codicon. */
  readonly icon?: string;
  readonly menus?: readonly MenuPlace[];
  /** The keys that run it, and the condition (`when`) under which they do. */
  readonly keybinding?: { readonly key: string; readonly when: string };
  /** Absent where it takes no argument: one that is passed is ignored. */
  readonly argument?: ArgumentSchema<Schemas>;
  /** Does the command's work. What it returns is JSON, for keybindings, tasks and other extensions. */
  run(parts: CommandParts, input: CommandInput<Schemas>): Promise<unknown> | unknown;
}

/** One command. In its `run`, the types of `input.members` follow from the schema in `argument`. */
export function defineCommand<const Schemas extends MemberSchemas = NoMembers>(
  command: Command<Schemas>,
): Command {
  // This cast is sound, since `runCommand` parses each argument by the command's own schema.
  return command as unknown as Command;
}
