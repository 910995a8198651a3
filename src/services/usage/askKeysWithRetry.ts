import * as l10n from '@vscode/l10n';
import type { Clock } from '../../core/ports/clock.ts';
import type { KeyRecord } from '../../core/quota/key.ts';
import { MINUTE_MS, SECOND_MS } from '../../core/time.ts';
import type { Range } from '../../core/usage/range.ts';
import type { UsageReport } from '../../core/usage/usageReport.ts';
import { clockText } from '../../text/time.ts';
import { type AskParts, askKeys, progressText, type UsageAnswers } from './askKeys.ts';

/** How long rate-limited keys are waited for; after that the document says what is missing. */
const MAX_WAIT_MS = 5 * MINUTE_MS;
/** The shortest delay between two tries. */
const MIN_RETRY_DELAY_MS = SECOND_MS;

/**
 * Queries keys for a document that is written once: rate-limited keys are retried when they may be, within
 * five minutes. `report` receives progress texts.
 * @throws the reason of `signal`, when it aborts.
 */
export async function askKeysWithRetry(
  parts: AskParts,
  keys: readonly KeyRecord[],
  range: Range,
  report: (message: string) => void,
  signal: AbortSignal,
): Promise<UsageAnswers> {
  const reportProgress = (...words: Parameters<typeof progressText>) => report(progressText(...words));
  const { clock } = parts;
  const lastRetryAt = clock.now() + MAX_WAIT_MS;
  let answers = await askKeys(parts, keys, range, reportProgress, signal);
  for (;;) {
    const rateLimited = answers.missing.filter(({ retryAt }) => retryAt !== undefined);
    const nextRetryAt = Math.min(...rateLimited.map(({ retryAt = '' }) => Date.parse(retryAt)));
    const at = Math.max(nextRetryAt, clock.now() + MIN_RETRY_DELAY_MS);
    if (rateLimited.length === 0 || at > lastRetryAt) return answers;
    report(l10n.t('{0} keys wait for their turn, until {1}', rateLimited.length, clockText(at, clock.now())));
    await delay(clock, at - clock.now(), signal);
    const rateLimitedIds = new Set(rateLimited.map(({ keyId }) => keyId));
    const retryKeys = keys.filter(({ id }) => rateLimitedIds.has(id));
    answers = mergeAnswers(keys, answers, await askKeys(parts, retryKeys, range, reportProgress, signal));
  }
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
