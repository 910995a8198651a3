import * as vscode from 'vscode';
import type { Clock } from '../../core/ports/clock.ts';
import type { KeyState } from '../../core/quota/keyState.ts';
import { Redraw } from '../../services/redraw.ts';
import { windowActivity } from '../host/windowActivity.ts';
import { StatusBar } from '../statusBar/statusBar.ts';
import { KeyTree } from '../tree/tree.ts';
import { createTroubleView } from '../tree/troubleView.ts';
import { SituationKey } from './situationKey.ts';

/** Everything that is always on screen: the status bar, the tree, and the views that replace it. */
export class Views {
  readonly statusBar: StatusBar;
  readonly tree: KeyTree;
  readonly #situation = new SituationKey();
  readonly #troubleView = createTroubleView();
  readonly #redraw: Redraw;
  #keys: readonly KeyState[] = [];

  constructor(clock: Clock) {
    this.statusBar = new StatusBar(() => this.#redraw.drawNow());
    this.tree = new KeyTree(clock.now, until => this.#redraw.validUntil(until));
    const draw = () => {
      const now = clock.now();
      this.statusBar.renderItems(this.#keys, now);
      this.tree.renderTree(this.#keys, now);
    };
    this.#redraw = new Redraw(
      clock,
      draw,
      () => this.#keys.length,
      () => windowActivity.focused,
    );
  }

  /** Shows a snapshot, and draws it again when time alone changes it. */
  renderViews(keys: readonly KeyState[]): void {
    this.#keys = keys;
    this.#redraw.drawNow();
    this.#situation.setSituation(keys);
  }

  /** Resolves when the first rendering is on screen. */
  get onScreen(): PromiseLike<unknown> {
    return this.#situation.applied;
  }

  /** Whether any view is visible. */
  get visible(): boolean {
    return this.statusBar.visible || this.tree.visible;
  }

  dispose(): void {
    this.#redraw.dispose();
    vscode.Disposable.from(this.statusBar, this.tree, this.#troubleView).dispose();
  }
}
