import type { KeyState } from '../../core/quota/keyState.ts';
import { type TreeLine, TreeLines } from './treeLines.ts';
import { treeNodes } from './treeNodes.ts';

/** The lines of the tree. Loaded when the tree is first shown: the status bar does not need it. */
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
