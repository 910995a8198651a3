import * as vscode from 'vscode';
import type { KeyState } from '../../core/quota/keyState.ts';
import { type Situation, situationOf } from '../../core/quota/situation.ts';

/** Tells VS Code how things stand, for what is offered, welcome views and the walkthrough: only when that changed. */
export class SituationKey {
  #told: Situation | undefined;

  setSituation(keys: readonly KeyState[]): void {
    const situation = situationOf(keys);
    if (situation === this.#told) return;
    this.#told = situation;
    void vscode.commands.executeCommand('setContext', 'keyQuota.situation', situation);
  }
}
