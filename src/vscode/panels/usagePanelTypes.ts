import type { Uri } from 'vscode';
import type { ExportFormat } from '../../core/usage/exportFormat.ts';
import type { UsageReport } from '../../core/usage/usageReport.ts';
import type { AskOptions, UsageAnswers } from '../../services/usage/askKeys.ts';

/** What a person asks the usage panel: which keys, between which two times. */
export interface UsageQuestion {
  /** Ids of keys; empty means all. */
  readonly keyIds: readonly string[];
  /** ISO 8601 or a day (`2026-06-01`), as `parseRange` reads them; both ends included. */
  readonly from: string;
  readonly to: string;
}

/** Rows read so far, and rows in all where they are counted. */
export type UsageProgress = (done: number, total: number | undefined) => void;

/** What the usage panel depends on. */
export interface UsagePanelParts {
  readonly extensionUri: Uri;
  /** Throws a sentence when nothing at all can be said. */
  ask(
    question: UsageQuestion,
    progress: UsageProgress,
    signal: AbortSignal,
    options?: AskOptions,
  ): Promise<UsageAnswers>;
  /** Whether a person says yes to calls about these keys that are left to the user's own use of their gateways. */
  mayAskNow(keyIds: readonly string[]): Promise<boolean>;
  exportReports(reports: readonly UsageReport[], format: ExportFormat): Promise<void>;
  now(): number;
  /** Runs `work` after `ms`; the result cancels it. */
  after(ms: number, work: () => void): () => void;
}
