import type { Clock } from '../../core/ports/clock.ts';
import type { Store } from '../../core/ports/store.ts';
import { checksPaused, GatewayError } from '../../core/quota/failure.ts';
import type { KeyRecord } from '../../core/quota/key.ts';
import type { CoverageReason } from '../../core/usage/coverage.ts';
import type { Range } from '../../core/usage/range.ts';
import { type LedgerAnswer, ledgerAnswer } from '../ledger/ledgerAnswer.ts';
import { type RangeToAsk, rangeToAsk } from '../ledger/rangeToAsk.ts';
import type { KeyRequests } from '../requests/keyRequests.ts';
import { type AskOptions, askForRange, type GatewayAnswer } from './askForRange.ts';
import type { UsageCache } from './usageCache.ts';

interface AskParts {
  readonly store: Store;
  readonly keyRequests: Pick<KeyRequests, 'run'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly usageCache?: UsageCache;
}

/** Options of asking for what is missing. */
export interface AskMissingOptions extends AskOptions {
  /** Asks the gateway also while the key's checks are paused: only where a person asks for that one key. */
  readonly evenIfPaused?: boolean;
  /** Answers only from what is known, as a program without secrets must. */
  readonly withoutAsking?: boolean;
}

/** What the gateway answered about a range, and what the ledger has of it afterwards. */
export interface AskedRange {
  /** What the gateway was to be asked; undefined where the ledger lacked nothing, or the answer would be the same again. */
  readonly question: RangeToAsk | undefined;
  /** Whether the answer would be the same again: it was asked for a moment ago, or nobody may be asked. */
  readonly wasJustAsked?: true;
  readonly answer: GatewayAnswer;
  readonly ledger: LedgerAnswer | undefined;
  /** When this was known. Epoch milliseconds. */
  readonly at: number;
}

/** Asks the gateway about what the ledger lacks of a range. A paused key is not asked, which is its answer's error. */
export async function askForMissing(
  { store, keyRequests, clock, usageCache }: AskParts,
  key: KeyRecord,
  range: Range,
  options: AskMissingOptions,
): Promise<AskedRange> {
  const { pausedAt } = store.keys.findKey(key.id) ?? {};
  const known = ledgerAnswer(store, key, range, clock.now());
  const question = rangeToAsk(store, key, range, known);
  if (question && options.withoutAsking)
    return { question: undefined, wasJustAsked: true, answer: {}, ledger: known, at: clock.now() };
  if (!question) return { question, answer: {}, ledger: known, at: clock.now() };
  if (pausedAt !== undefined && !options.evenIfPaused) {
    const error = new GatewayError(checksPaused(pausedAt));
    return { question, answer: { error }, ledger: known, at: clock.now() };
  }
  if (usageCache?.wasJustAsked(key, range, usedOf(store, key), clock.now()))
    return { question: undefined, wasJustAsked: true, answer: {}, ledger: known, at: clock.now() };
  const answer = await askForRange({ store, keyRequests, clock }, key, question.range, options);
  const at = clock.now();
  if (answer.usage && !BROKEN_OFF.has(answer.usage.coverage.reason))
    usageCache?.noteAsked(key, range, usedOf(store, key), at);
  return { question, answer, ledger: ledgerAnswer(store, key, range, at), at };
}

/** Coverage reasons after which the same question may get a better answer at once. */
const BROKEN_OFF: ReadonlySet<CoverageReason | undefined> = new Set(['broke-off', 'changed']);

/** What a key has used by its last reading. */
function usedOf({ states }: Store, { id }: KeyRecord): number | undefined {
  const { quota, account, budget } = states.stateOf(id)?.reading ?? {};
  return quota?.used ?? account?.used ?? budget?.spent;
}
