import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import * as l10n from '@vscode/l10n';
import type { Clock } from '../../core/ports/clock.ts';
import type { Store } from '../../core/ports/store.ts';
import { type Failure, GatewayError } from '../../core/quota/failure.ts';
import type { KeyRecord } from '../../core/quota/key.ts';
import type { Range } from '../../core/usage/range.ts';
import type { UsageReport } from '../../core/usage/usageReport.ts';
import { countText } from '../../text/amount.ts';
import { failureText } from '../../text/failure.ts';
import type { KeyRequests } from '../requests/keyRequests.ts';
import type { UsageCache } from './usageCache.ts';
import { queryUsage } from './usageQuery.ts';

const KEYS_PER_YIELD = 20;

/** Hears which key is asked about, and how many rows of a long log were read, of how many. */
export type ReportProgress = (label: string, done: number, total: number | undefined) => void;

/** What came of a question: reports, and a sentence for each key that had none. */
export interface UsageAnswers {
  readonly reports: readonly UsageReport[];
  readonly problems: readonly string[];
  /** A report without figures on each key that had none. */
  readonly missing: readonly UsageReport[];
}

/** What asking several keys needs. */
export interface AskParts {
  readonly store: Store;
  readonly keyRequests: KeyRequests;
  readonly clock: Clock;
  /** What gateways said about ranges before. */
  readonly usageCache?: UsageCache;
}

/** How to ask, beside what. */
export interface AskOptions {
  /** Spends the user's own head-room at the gateways: only after an explicit yes. */
  readonly beyondBudget?: boolean;
}

/**
 * Asks about each key in turn. Stops when `signal` says so. Where a gateway has no room for all, those go first
 * that were answered longest ago, so that asking again brings the others.
 */
export async function askKeys(
  parts: AskParts,
  keys: readonly KeyRecord[],
  range: Range,
  reportProgress: ReportProgress,
  signal: AbortSignal,
  { beyondBudget }: AskOptions = {},
): Promise<UsageAnswers> {
  const now = parts.clock.now();
  const reportsById = new Map<string, UsageReport>();
  const problems = new Map<string, string>();
  for (const [index, key] of (parts.usageCache?.oldestFirst(keys, range, now) ?? keys).entries()) {
    // What is answered from our own readings waits for nothing else, and must not keep the extension host.
    if (index % KEYS_PER_YIELD === KEYS_PER_YIELD - 1) await yieldToEventLoop();
    reportProgress(key.label, 0, undefined);
    const progress = (done: number, total: number | undefined) => reportProgress(key.label, done, total);
    try {
      reportsById.set(key.id, await queryUsage(parts, key, range, { signal, progress, beyondBudget }));
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof GatewayError)) throw error;
      const problem = failureText(error.failure, key);
      problems.set(key.id, problem);
      reportsById.set(key.id, reportWithoutFigures(parts, key, range, error.failure, problem));
    }
  }
  const all = keys.flatMap(({ id }) => reportsById.get(id) ?? []);
  return {
    reports: all.filter(({ keyId }) => !problems.has(keyId)),
    problems: keys.flatMap(({ id }) => problems.get(id) ?? []),
    missing: all.filter(({ keyId }) => problems.has(keyId)),
  };
}

/** Whether there is something to show: figures, or keys that wait for their turn and are filled in. */
export function isWorthShowing({ reports, missing }: UsageAnswers): boolean {
  return reports.length > 0 || missing.some(({ retryAt }) => retryAt !== undefined);
}

/** A report on a key that told nothing, so that no list of reports can be taken for one of all keys. */
function reportWithoutFigures(
  { store, clock }: AskParts,
  key: KeyRecord,
  range: Range,
  { class: failureClass, retryAfterMs }: Failure,
  problem: string,
): UsageReport {
  const isRateLimited = failureClass === 'rate-limited' && retryAfterMs !== undefined;
  return {
    scope: key.credential === 'apiKey' ? { key: key.label } : { account: key.label },
    keyId: key.id,
    from: new Date(range.from).toISOString(),
    to: new Date(range.to).toISOString(),
    unit: store.states.stateOf(key.id)?.reading?.unit ?? { code: 'UNITS', source: 'default' },
    coverage: { complete: false, reason: 'not-told' },
    source: 'gateway',
    note: problem,
    retryAt: isRateLimited ? new Date(clock.now() + retryAfterMs).toISOString() : undefined,
  };
}

/** How far asking about a key is, in words. */
export function progressText(label: string, done: number, total: number | undefined): string {
  if (done === 0) return label;
  if (total === undefined) return l10n.t('{0}: {1} rows', label, countText(done));
  return l10n.t('{0}: {1} of {2} rows', label, countText(done), countText(total));
}
