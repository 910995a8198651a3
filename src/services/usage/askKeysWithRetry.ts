import * as l10n from '@vscode/l10n';
import type { Clock } from '../../core/ports/clock.ts';
import type { KeyRecord } from '../../core/quota/key.ts';
import { SECOND_MS } from '../../core/time.ts';
import { isCompleteReport } from '../../core/usage/headline.ts';
import type { Range } from '../../core/usage/range.ts';
import type { UsageReport } from '../../core/usage/usageReport.ts';
import { joinNames } from '../../text/clauses.ts';
import { keyCountText } from '../../text/keyCounts.ts';
import { clockText } from '../../text/time.ts';
import { type AskParts, askKeys, progressText, type UsageAnswers } from './askKeys.ts';

/** The shortest delay between two tries. */
const MIN_RETRY_DELAY_MS = SECOND_MS;
/** How many names fit into a progress text. */
const MAX_NAMES = 3;

/**
 * Queries keys for a document that is written once: rate-limited keys without all figures are asked again when they may
 * be, for up to `maxWaitMs`. When `signal` aborts meanwhile, those that still wait are missing. `report` receives progress texts.
 * @throws the reason of `signal`, when it aborts before each key was asked once.
 */
export async function askKeysWithRetry(
  parts: AskParts,
  keys: readonly KeyRecord[],
  range: Range,
  report: (message: string) => void,
  signal: AbortSignal,
  maxWaitMs = Number.POSITIVE_INFINITY,
): Promise<UsageAnswers> {
  const reportProgress = (...words: Parameters<typeof progressText>) => report(progressText(...words));
  const { clock } = parts;
  const lastRetryAt = clock.now() + maxWaitMs;
  let answers = await askKeys(parts, keys, range, reportProgress, signal);
  for (;;) {
    // A key whose readings or earlier answer cover everything is not asked again.
    const rateLimited = [...answers.reports, ...answers.missing].filter(
      each => each.retryAt !== undefined && !isCompleteReport(each),
    );
    const nextRetryAt = Math.min(...rateLimited.map(({ retryAt = '' }) => Date.parse(retryAt)));
    const at = Math.max(nextRetryAt, clock.now() + MIN_RETRY_DELAY_MS);
    if (rateLimited.length === 0 || at > lastRetryAt) return answers;
    const waitingIds = new Set(rateLimited.map(({ keyId }) => keyId));
    const waiting = keys.filter(({ id }) => waitingIds.has(id));
    report(waitingText(waiting, at, clock.now()));
    try {
      signal.throwIfAborted();
      await delay(clock, at - clock.now(), signal);
      answers = mergeAnswers(keys, answers, await askKeys(parts, waiting, range, reportProgress, signal));
    } catch (error) {
      if (!signal.aborted) throw error;
      parts.keyRequests.stopWaiting([...waitingIds], 'question');
      return answers;
    }
  }
}

/** What is waited for and until when. Times are in epoch milliseconds. */
function waitingText(keys: readonly KeyRecord[], until: number, now: number): string {
  const names =
    keys.length > MAX_NAMES ? keyCountText(keys.length) : joinNames(keys.map(({ label }) => label));
  return l10n.t(
    'Waiting for {0} until {1}. Cancel continues without it, and the review says that it is incomplete.',
    names,
    clockText(until, now),
  );
}

/** Merges newer answers into older ones, in the order of `keys`. */
function mergeAnswers(keys: readonly KeyRecord[], before: UsageAnswers, newer: UsageAnswers): UsageAnswers {
  const answeredIds = new Set([...newer.reports, ...newer.missing].map(({ keyId }) => keyId));
  const merged = (earlier: readonly UsageReport[], later: readonly UsageReport[]) => {
    const reports = [...earlier.filter(({ keyId }) => !answeredIds.has(keyId)), ...later];
    const reportsById = Map.groupBy(reports, ({ keyId }) => keyId);
    return keys.flatMap(({ id }) => reportsById.get(id) ?? []);
  };
  const missing = merged(before.missing, newer.missing);
  return {
    reports: merged(before.reports, newer.reports),
    missing,
    problems: missing.flatMap(({ note }) => note ?? []),
  };
}

/** Resolves after `ms` milliseconds; rejects when `signal` aborts. */
function delay(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const cancelTimer = clock.after(ms, resolve);
  const onAbort = () => {
    cancelTimer();
    reject(signal.reason);
  };
  signal.addEventListener('abort', onAbort, { once: true });
  return promise.finally(() => signal.removeEventListener('abort', onAbort));
}
