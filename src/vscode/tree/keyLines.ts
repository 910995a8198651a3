import { type MovableLine, orderAfterMove } from '../../core/quota/keyOrder.ts';
import type { KeyState } from '../../core/quota/keyState.ts';
import type { ThemeKind } from '../../text/cards/cardPictures.ts';
import { keyHoverMarkdown } from '../cards/keyHover.ts';
import { type TreeLine, TreeLines } from './treeLines.ts';
import { treeNodes } from './treeNodes.ts';

/** The lines of the tree. Loaded when the tree is first shown: the status bar does not need it. */
export class KeyLines {
  readonly #lines = new TreeLines();
  #keys: readonly KeyState[] = [];

  get roots(): readonly TreeLine[] {
    return this.#lines.roots;
  }

  /** See `TreeLines.update`. */
  update(keys: readonly KeyState[], now: number): readonly TreeLine[] | 'all' {
    this.#keys = keys;
    return this.#lines.update(treeNodes(keys, now));
  }

  /** See `orderAfterMove`. */
  orderAfterMove(moved: MovableLine, target: MovableLine, now: number): readonly string[] | undefined {
    return orderAfterMove(this.#keys, moved, target, now);
  }

  /** The hover of a key's line, as Markdown, made when VS Code asks for it. */
  hoverOf(keyId: string, now: number, theme: ThemeKind): string | undefined {
    const key = this.#keys.find(({ id }) => id === keyId);
    return key && keyHoverMarkdown(key, now, theme);
  }
}
