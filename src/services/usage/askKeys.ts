import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import * as l10n from '@vscode/l10n';
import type { Clock } from '../../core/ports/clock.ts';
import type { Store } from '../../core/ports/store.ts';
import { type Failure, GatewayError } from '../../core/quota/failure.ts';
import type { KeyRecord } from '../../core/quota/key.ts';
import type { Unit } from '../../core/quota/unit.ts';
import type { Range } from '../../core/usage/range.ts';
import type { UsageLack, UsageReport } from '../../core/usage/usageReport.ts';
import { failureText } from '../../text/failure.ts';
import { failureStatusText } from '../../text/failureStatus.ts';
import { rowsText } from '../../text/rowsText.ts';
import type { KeyRequests } from '../requests/keyRequests.ts';
import { accountAnswers } from './accountAnswers.ts';
import { belongingLookup } from './belonging.ts';
import { reportOf } from './reportOf.ts';
import type { UsageCache } from './usageCache.ts';
import { retryAtOf } from './usageFailure.ts';
import { queryUsage } from './usageQuery.ts';

const KEYS_PER_YIELD = 20;

/** Reports progress: the key's label, and rows of a long log read, of how many. */
export type ReportProgress = (label: string, done: number, total: number | undefined) => void;

/** The result of a query: reports, and a sentence for each key without one. */
export interface UsageAnswers {
  readonly reports: readonly UsageReport[];
  readonly problems: readonly string[];
  /** A report without figures for each key that had none. */
  readonly missing: readonly UsageReport[];
  /** Why each of them has none, in a few words. */
  readonly lacks?: readonly UsageLack[];
}

/** What `askKeys` needs. */
export interface AskParts {
  readonly store: Store;
  readonly keyRequests: KeyRequests;
  readonly clock: Clock;
  /** Answers of earlier queries. */
  readonly usageCache?: UsageCache;
}

/** Options of a query. */
export interface AskOptions {
  /** Uses the user's own share of the gateways' limits: only after explicit consent. */
  readonly beyondBudget?: boolean;
  /** See `AskMissingOptions.evenIfPaused`. */
  readonly evenIfPaused?: boolean;
}

/**
 * Queries each key's usage, one after the other, until `signal` aborts. Where the request budget is too small
 * for all, keys with the oldest answers go first, so that a retry brings the others.
 * @throws the reason of `signal`; errors other than a `GatewayError`, which become `problems`.
 */
export async function askKeys(
  parts: AskParts,
  keys: readonly KeyRecord[],
  range: Range,
  reportProgress: ReportProgress,
  signal: AbortSignal,
  options: AskOptions = {},
): Promise<UsageAnswers> {
  const now = parts.clock.now();
  const reportsById = new Map<string, UsageReport>();
  const problems = new Map<string, string>();
  const lacks: UsageLack[] = [];
  const belongingOf = belongingLookup(parts.store);
  const fromAccount = accountAnswers(parts, keys, range, { signal, ...options });
  for (const [index, key] of (parts.usageCache?.oldestFirst(keys, range, now) ?? keys).entries()) {
    // Answers from our own readings never wait, and must not block the extension host.
    if (index % KEYS_PER_YIELD === KEYS_PER_YIELD - 1) await yieldToEventLoop();
    reportProgress(key.label, 0, undefined);
    const progress = (done: number, total: number | undefined) => reportProgress(key.label, done, total);
    try {
      reportsById.set(
        key.id,
        await queryUsage(parts, key, range, { ...options, signal, progress, fromAccount }),
      );
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof GatewayError)) throw error;
      const problem = failureText(error.failure, key);
      problems.set(key.id, problem);
      lacks.push({ keyId: key.id, reason: failureStatusText(error.failure) });
      reportsById.set(key.id, reportWithoutFigures(parts, key, range, error.failure, problem));
    }
  }
  const all = keys.flatMap(key => {
    const [report, belongsTo] = [reportsById.get(key.id), belongingOf(key)];
    return report && belongsTo ? { ...report, belongsTo } : (report ?? []);
  });
  return {
    reports: all.filter(({ keyId }) => !problems.has(keyId)),
    problems: keys.flatMap(({ id }) => problems.get(id) ?? []),
    missing: all.filter(({ keyId }) => problems.has(keyId)),
    lacks,
  };
}

/** Whether there are reports, or keys that are rate limited and will be filled in. */
export function isWorthShowing({ reports, missing }: UsageAnswers): boolean {
  return reports.length > 0 || missing.some(({ retryAt }) => retryAt !== undefined);
}

/** A report without figures, so that a list of reports always has all keys. */
function reportWithoutFigures(
  { store, keyRequests, clock }: AskParts,
  key: KeyRecord,
  range: Range,
  failure: Failure,
  problem: string,
): UsageReport {
  const unit = store.states.stateOf(key.id)?.reading?.unit ?? unitAtSite(store, keyRequests, key);
  return {
    ...reportOf(key, range, {
      unit: unit ?? { code: 'UNITS', source: 'default' },
      coverage: { complete: false, reason: 'not-told' },
      source: 'gateway',
    }),
    ...(!unit && { isUnitUnknown: true }),
    note: problem,
    retryAt: retryAtOf(failure, clock.now()),
  };
}

/** The unit that another key of the same site is read in, else the one that the site counts in. */
function unitAtSite({ keys, states }: Store, keyRequests: KeyRequests, key: KeyRecord): Unit | undefined {
  const [unit] = keys
    .keysOfSite(key.kind, key.baseUrl)
    .filter(({ credential }) => credential === key.credential)
    .flatMap(({ id }) => states.stateOf(id)?.reading?.unit ?? []);
  return unit ?? keyRequests.unitAt(key.baseUrl);
}

/** The progress of a key's query as text. */
export function progressText(label: string, done: number, total: number | undefined): string {
  if (done === 0) return label;
  return l10n.t('{0}: {1}', label, rowsText(done, total));
}
