import type { Uri } from 'vscode';
import type { SeriesIds, SeriesSlots } from '../../core/panels/seriesSlots.ts';
import type { UsageExport } from '../../core/panels/usageExport.ts';
import type { KeyToChoose } from '../../core/panels/usageMessages.ts';
import type { ExportFormat } from '../../core/usage/exportFormat.ts';
import type { UsageReport } from '../../core/usage/usageReport.ts';
import type { AskOptions, UsageAnswers } from '../../services/usage/askKeys.ts';

/** A request of the usage panel: which keys, between which two times. */
export interface UsageQuestion {
  /** Ids of keys; empty means all. */
  readonly keyIds: readonly string[];
  /** ISO 8601 or a day (`2026-06-01`), as `parseRange` reads them; both ends included. */
  readonly from: string;
  readonly to: string;
}

/** How a question of the panel is asked. */
export interface PanelAskOptions extends AskOptions {
  /** Whether it is about a part of what is shown: keys without figures are then told there, and never thrown. */
  readonly isPart?: boolean;
}

/** Rows read so far, and rows in all where they are counted. */
export type UsageProgress = (done: number, total: number | undefined) => void;

/** What the usage panel depends on. */
export interface UsagePanelParts {
  readonly extensionUri: Uri;
  /** Throws a sentence when there is nothing to show. */
  ask(
    question: UsageQuestion,
    progress: UsageProgress,
    signal: AbortSignal,
    options?: PanelAskOptions,
  ): Promise<UsageAnswers>;
  /** Asks a person whether the calls that are left for their own use may be spent on these keys. */
  mayAskNow(keyIds: readonly string[]): Promise<boolean>;
  /** Ends the waiting for room in the request budget: polls need leave none for these keys' questions. */
  stopWaiting(keyIds: readonly string[]): void;
  /** What a range was hour by hour, as far as it is known without asking. */
  hours(question: UsageQuestion): Promise<readonly UsageReport[]>;
  /** All keys there are, to choose from. */
  keysToChoose(): readonly KeyToChoose[];
  /** The colors that keys and models have for good. */
  slotsOf(ids: SeriesIds): SeriesSlots;
  exportUsage(exported: UsageExport, format: ExportFormat): Promise<void>;
  now(): number;
  /** Runs `work` after `ms`; the result cancels it. */
  after(ms: number, work: () => void): () => void;
}
