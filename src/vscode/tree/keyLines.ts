import type { KeyState } from '../../core/quota/keyState.ts';
import { type TreeLine, TreeLines } from './treeLines.ts';
import { treeNodes } from './treeNodes.ts';

/** The lines of the tree of keys. Loaded when someone first looks at the tree: the status bar does without. */
export class KeyLines {
  readonly #lines = new TreeLines();

  get roots(): readonly TreeLine[] {
    return this.#lines.roots;
  }

  /** See `TreeLines.update`. */
  update(keys: readonly KeyState[], now: number): readonly TreeLine[] | 'all' {
    return this.#lines.update(treeNodes(keys, now));
  }
}
