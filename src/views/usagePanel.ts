import type { Disposable } from 'vscode';
import type { UsageReport } from '../quota/usageReport.ts';
import type { UsagePanelParts, UsageQuestion } from './usagePanelTypes.ts';

/** The usage panel: being built. */
export class UsagePanel implements Disposable {
  readonly #parts: UsagePanelParts;

  constructor(parts: UsagePanelParts) {
    this.#parts = parts;
  }

  show(question: UsageQuestion, reports: readonly UsageReport[]): void {
    void [this.#parts, question, reports];
  }

  dispose(): void {}
}
