import type { TreeNode } from './treeNode.ts';

/** A line as VS Code holds it: the same object for as long as there is a line with its id. */
export type TreeLine = { -readonly [Name in keyof TreeNode]: TreeNode[Name] } & {
  readonly children: readonly TreeLine[];
};

/** A line, what it was made from last, and the lines below it once they were looked at. */
interface Entry {
  node: TreeNode;
  readonly line: TreeLine;
  below?: readonly TreeLine[];
}

type Changes = TreeLine[];

/**
 * The lines that VS Code knows. It redraws a line, and what is below it, when told that this very object
 * changed; told that everything changed it forgets all lines for a moment, and what a person clicks on then
 * reaches its command without the line it is about. What is below a line is made when VS Code first asks.
 */
export class TreeLines {
  #entries = new Map<string, Entry>();
  #roots: readonly TreeLine[] = [];

  get roots(): readonly TreeLine[] {
    return this.#roots;
  }

  /** Takes in a new tree. Returns the lines to redraw, each with all below it; `all` when roots came or went. */
  update(nodes: readonly TreeNode[]): readonly TreeLine[] | 'all' {
    const before = this.#entries;
    this.#entries = new Map();
    const changed: Changes = [];
    const roots = nodes.map(node => this.#take(node, before, changed));
    const all = !sameItems(roots, this.#roots);
    this.#roots = roots;
    return all ? 'all' : changed;
  }

  #take(node: TreeNode, before: ReadonlyMap<string, Entry>, changed: Changes): TreeLine {
    const entry = before.get(node.id) ?? this.#entryOf(node);
    const { node: earlier } = entry;
    entry.node = node;
    this.#entries.set(node.id, entry);
    // What is heard is put into words where nothing that is seen tells a difference, and else when VS Code asks.
    let isOther = liken(entry.line, node) || (earlier !== node && earlier.spoken !== node.spoken);
    const belowChanged: Changes = [];
    if (entry.below) {
      const below = node.children.map(child => this.#take(child, before, belowChanged));
      isOther ||= !sameItems(below, entry.below);
      entry.below = below;
    }
    if (isOther) changed.push(entry.line);
    else changed.push(...belowChanged);
    return entry.line;
  }

  #entryOf(node: TreeNode): Entry {
    const line = {};
    Object.defineProperties(line, {
      spoken: { enumerable: true, get: () => entry.node.spoken },
      children: { enumerable: true, get: () => this.#below(entry) },
    });
    const entry: Entry = { node, line: line as TreeLine };
    liken(entry.line, node);
    return entry;
  }

  #below(entry: Entry): readonly TreeLine[] {
    entry.below ??= entry.node.children.map(child => this.#take(child, this.#entries, []));
    return entry.below;
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
  accountKeyId: true,
  copyText: true,
  expanded: true,
  isParent: true,
} satisfies Record<Name, true>) as readonly Name[];

/** Makes a line say what its node does. Returns whether it said anything else. */
function liken(line: TreeLine, node: TreeNode): boolean {
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
