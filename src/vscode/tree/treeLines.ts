import type { TreeNode } from './treeNode.ts';

/** A tree element as VS Code holds it: the same object as long as a line with its id exists. */
export type TreeLine = { -readonly [Name in keyof TreeNode]: TreeNode[Name] } & {
  readonly children: readonly TreeLine[];
};

/** A line, the node it shows, and its children once VS Code has asked for them. */
interface Entry {
  node: TreeNode;
  /** The line above; undefined for a root. */
  parent: string | undefined;
  readonly line: TreeLine;
  children?: readonly TreeLine[];
}

type Changes = TreeLine[];

/**
 * The tree elements that VS Code holds. VS Code redraws an element and its children when that object is reported as
 * changed. When the whole tree is reported, it forgets all elements for a moment, and a click in that moment reaches
 * its command without its element; so only changed lines are reported. Children are created when VS Code first asks.
 */
export class TreeLines {
  #entries = new Map<string, Entry>();
  #hasMoved = false;
  #roots: readonly TreeLine[] = [];

  get roots(): readonly TreeLine[] {
    return this.#roots;
  }

  /**
   * Updates the tree. Returns the lines to redraw, each with its children; `all` when roots were added or removed, or lines have
   * moved below others: VS Code would forget such a line while it draws those that it is gone from.
   */
  update(nodes: readonly TreeNode[]): readonly TreeLine[] | 'all' {
    const before = this.#entries;
    this.#entries = new Map();
    const changed: Changes = [];
    this.#hasMoved = false;
    const roots = nodes.map(node => this.#updateLine(node, undefined, before, changed));
    const all = this.#hasMoved || !sameItems(roots, this.#roots);
    this.#roots = roots;
    return all ? 'all' : changed;
  }

  #updateLine(
    node: TreeNode,
    parent: string | undefined,
    before: ReadonlyMap<string, Entry>,
    changed: Changes,
  ): TreeLine {
    const entry = before.get(node.id) ?? this.#entryOf(node, parent);
    if (entry.parent !== parent) this.#hasMoved = true;
    entry.parent = parent;
    const { node: previous } = entry;
    entry.node = node;
    this.#entries.set(node.id, entry);
    // `spoken` is computed lazily: here only where nothing visible differs.
    let hasChanged = copyMembers(entry.line, node) || (previous !== node && previous.spoken !== node.spoken);
    const changedChildren: Changes = [];
    if (entry.children) {
      const below = node.children.map(child => this.#updateLine(child, node.id, before, changedChildren));
      hasChanged ||= !sameItems(below, entry.children);
      entry.children = below;
    }
    if (hasChanged) changed.push(entry.line);
    else changed.push(...changedChildren);
    return entry.line;
  }

  #entryOf(node: TreeNode, parent: string | undefined): Entry {
    const line = {};
    Object.defineProperties(line, {
      spoken: { enumerable: true, get: () => entry.node.spoken },
      children: { enumerable: true, get: () => this.#childrenOf(entry) },
    });
    const entry: Entry = { node, parent, line: line as TreeLine };
    copyMembers(entry.line, node);
    return entry;
  }

  #childrenOf(entry: Entry): readonly TreeLine[] {
    entry.children ??= entry.node.children.map(child =>
      this.#updateLine(child, entry.node.id, this.#entries, []),
    );
    return entry.children;
  }
}

type Name = Exclude<keyof TreeNode, 'children' | 'spoken'>;

const NAMES = Object.keys({
  id: true,
  label: true,
  description: true,
  tooltip: true,
  icon: true,
  color: true,
  context: true,
  keyId: true,
  gatewayKeyId: true,
  accountKeyId: true,
  listedIn: true,
  copyText: true,
  expanded: true,
  isParent: true,
} satisfies Record<Name, true>) as readonly Name[];

/** Copies a node's members to its line. Returns whether any has changed. */
function copyMembers(line: TreeLine, node: TreeNode): boolean {
  let isOther = false;
  for (const name of NAMES) {
    const value = node[name];
    if (line[name] === value) continue;
    isOther = true;
    if (value === undefined) Reflect.deleteProperty(line, name);
    else (line as Record<Name, unknown>)[name] = value;
  }
  return isOther;
}

function sameItems(some: readonly unknown[], others: readonly unknown[]): boolean {
  return some.length === others.length && some.every((item, index) => item === others[index]);
}
