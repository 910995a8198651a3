import * as vscode from 'vscode';
import type { KeyState } from '../../core/quota/keyState.ts';
import { type Situation, situationOf } from '../../core/quota/situation.ts';

/** The context key `keyQuota.situation`, by which VS Code shows commands, welcome views and walkthrough steps. */
export class SituationKey {
  #situation: Situation | undefined;
  #applied: PromiseLike<unknown> = Promise.resolve();

  /** Resolves when VS Code has applied the last change, and with it everything that was drawn before. */
  get applied(): PromiseLike<unknown> {
    return this.#applied;
  }

  setSituation(keys: readonly KeyState[]): void {
    const situation = situationOf(keys);
    if (situation === this.#situation) return;
    this.#situation = situation;
    this.#applied = vscode.commands.executeCommand('setContext', 'keyQuota.situation', situation);
  }
}
