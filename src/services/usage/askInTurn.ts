import * as l10n from '@vscode/l10n';
import type { Clock } from '../../core/ports/clock.ts';
import type { KeyRecord } from '../../core/quota/key.ts';
import { MINUTE_MS, SECOND_MS } from '../../core/time.ts';
import type { Range } from '../../core/usage/range.ts';
import type { UsageReport } from '../../core/usage/usageReport.ts';
import { clockText } from '../../text/time.ts';
import { type AskParts, askKeys, progressText, type UsageAnswers } from './askKeys.ts';

/** Whoever waits for a document waits so long, and rather has one that says what it lacks than wait longer. */
const MOST_WAIT_MS = 5 * MINUTE_MS;
/** A gateway that names no time of its own is not asked in a loop. */
const LEAST_WAIT_MS = SECOND_MS;

/**
 * Asks about keys for a document that is written once: keys that had no turn are waited for, where their turn
 * comes within some minutes.
 */
export async function askInTurn(
  parts: AskParts,
  keys: readonly KeyRecord[],
  range: Range,
  tell: (message: string) => void,
  signal: AbortSignal,
): Promise<UsageAnswers> {
  const hear = (...words: Parameters<typeof progressText>) => tell(progressText(...words));
  const { clock } = parts;
  const last = clock.now() + MOST_WAIT_MS;
  let answers = await askKeys(parts, keys, range, hear, signal);
  for (;;) {
    const held = answers.missing.filter(({ retryAt }) => retryAt !== undefined);
    const turn = Math.min(...held.map(({ retryAt = '' }) => Date.parse(retryAt)));
    const at = Math.max(turn, clock.now() + LEAST_WAIT_MS);
    if (held.length === 0 || at > last) return answers;
    tell(l10n.t('{0} keys wait for their turn, until {1}', held.length, clockText(at, clock.now())));
    await passing(clock, at - clock.now(), signal);
    const heldIds = new Set(held.map(({ keyId }) => keyId));
    const waiting = keys.filter(({ id }) => heldIds.has(id));
    answers = together(keys, answers, await askKeys(parts, waiting, range, hear, signal));
  }
}

/** The answers of before, with newer ones in the place of those about the same keys. */
function together(keys: readonly KeyRecord[], before: UsageAnswers, newer: UsageAnswers): UsageAnswers {
  const anew = new Set([...newer.reports, ...newer.missing].map(({ keyId }) => keyId));
  const merged = (old: readonly UsageReport[], fresh: readonly UsageReport[]) => {
    const all = [...old.filter(({ keyId }) => !anew.has(keyId)), ...fresh];
    const reportsById = Map.groupBy(all, ({ keyId }) => keyId);
    return keys.flatMap(({ id }) => reportsById.get(id) ?? []);
  };
  const missing = merged(before.missing, newer.missing);
  return {
    reports: merged(before.reports, newer.reports),
    missing,
    problems: missing.flatMap(({ note }) => note ?? []),
  };
}

/** Lets time pass. Rejects when `signal` calls it off. */
function passing(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const callOff = clock.after(ms, resolve);
  const aborted = () => {
    callOff();
    reject(signal.reason);
  };
  signal.addEventListener('abort', aborted, { once: true });
  return promise.finally(() => signal.removeEventListener('abort', aborted));
}
