import { type LogFacts, type LogTurn, nextLogTurn } from '../../core/ledger/fillPlan.ts';
import { usedRawOf } from '../../core/ledger/usedRaw.ts';
import { CLOCK_SLACK_MS } from '../../core/ports/clock.ts';
import type { Store } from '../../core/ports/store.ts';
import type { Reading } from '../../core/quota/reading.ts';
import type { SpendLog } from '../../gateways/credentialSpec.ts';
import { takenFrom } from './secretSince.ts';

/** What was read of a key, and whether that was in the list of its account. */
interface ReadState {
  readonly reading?: Reading;
  readonly readFrom?: unknown;
}

/** When the log of a key is to be read, by what the database has of it; undefined while it can hold nothing new. */
export function logTurnOf(
  store: Pick<Store, 'ledger' | 'logTries' | 'states'>,
  keyId: string,
  { sources, keepsAll }: SpendLog,
  { reading, readFrom }: ReadState,
  now: number,
): LogTurn | undefined {
  const [progress] = sources
    .flatMap(source => store.ledger.progressOf(keyId, source) ?? [])
    // Times by a clock that has been put back since do not count.
    .filter(({ takenInAt }) => takenInAt <= now + CLOCK_SLACK_MS)
    .sort((a, b) => b.takenInAt - a.takenInAt);
  const lastTry = store.logTries.tryOf(keyId);
  const isTryPast = lastTry !== undefined && lastTry.at <= now + CLOCK_SLACK_MS;
  const facts: LogFacts = {
    progress,
    usedRaw: progress ? usedRawOf(reading, progress) : (reading?.quota?.used ?? reading?.account?.used),
    readAt: reading && Date.parse(reading.takenAt),
    triedAt: isTryPast ? lastTry.at : undefined,
    failures: lastTry?.failures,
    unloggedUntil: store.logTries.unloggedUntil(keyId),
    isCutOff: takenFrom(store, keyId) > 0,
    isInAccountLog: readFrom !== undefined,
    keepsAll,
  };
  return nextLogTurn(facts);
}
