import type { Clock } from '../../core/ports/clock.ts';
import type { Store } from '../../core/ports/store.ts';
import { checksPaused, GatewayError } from '../../core/quota/failure.ts';
import type { KeyRecord } from '../../core/quota/key.ts';
import type { Range } from '../../core/usage/range.ts';
import { type LedgerAnswer, ledgerAnswer } from '../ledger/ledgerAnswer.ts';
import { type RangeToAsk, rangeToAsk } from '../ledger/rangeToAsk.ts';
import type { KeyRequests } from '../requests/keyRequests.ts';
import { type AskOptions, askForRange, type GatewayAnswer } from './askForRange.ts';

interface AskParts {
  readonly store: Store;
  readonly keyRequests: KeyRequests;
  readonly clock: Pick<Clock, 'now'>;
}

/** Options of asking for what is missing. */
export interface AskMissingOptions extends AskOptions {
  /** Asks the gateway also while the key's checks are paused: only where a person asks for that one key. */
  readonly evenIfPaused?: boolean;
}

/** What the gateway answered about a range, and what the ledger has of it afterwards. */
export interface AskedRange {
  /** What the gateway was to be asked; undefined where the ledger lacked nothing. */
  readonly question: RangeToAsk | undefined;
  readonly answer: GatewayAnswer;
  readonly ledger: LedgerAnswer | undefined;
  /** When this was known. Epoch milliseconds. */
  readonly at: number;
}

/** Asks the gateway about what the ledger lacks of a range. A paused key is not asked, which is its answer's error. */
export async function askForMissing(
  { store, keyRequests, clock }: AskParts,
  key: KeyRecord,
  range: Range,
  options: AskMissingOptions,
): Promise<AskedRange> {
  const { pausedAt } = store.keys.findKey(key.id) ?? {};
  const known = ledgerAnswer(store, key, range, clock.now());
  const question = rangeToAsk(store, key, range, known);
  if (!question) return { question, answer: {}, ledger: known, at: clock.now() };
  if (pausedAt !== undefined && !options.evenIfPaused) {
    const error = new GatewayError(checksPaused(pausedAt));
    return { question, answer: { error }, ledger: known, at: clock.now() };
  }
  const answer = await askForRange({ store, keyRequests, clock }, key, question.range, options);
  const at = clock.now();
  return { question, answer, ledger: ledgerAnswer(store, key, range, at), at };
}
