import * as vscode from 'vscode';
import type { KeyState } from '../quota/keyState.ts';
import { SituationKey } from './situationKey.ts';
import { StatusBar } from './statusBar.ts';
import { KeyTree } from './tree.ts';
import { createTroubleView } from './troubleView.ts';

/** What is on screen all the time: the status bar, the tree, and the views that appear in its place. */
export class Face {
  readonly statusBar = new StatusBar();
  readonly tree = new KeyTree();
  readonly #situation = new SituationKey();
  readonly #troubleView = createTroubleView();

  render(keys: readonly KeyState[], now: number): void {
    this.statusBar.render(keys, now);
    this.tree.render(keys, now);
    this.#situation.render(keys);
  }

  /** Whether any of it can be seen. */
  get visible(): boolean {
    return this.statusBar.visible || this.tree.visible;
  }

  dispose(): void {
    vscode.Disposable.from(this.statusBar, this.tree, this.#troubleView).dispose();
  }
}
