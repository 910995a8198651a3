import { subtractSpans } from '../../core/ledger/spans.ts';
import type { SpendRecords } from '../../core/ledger/spendRecord.ts';
import type { BoundSecret } from '../../core/ports/secrets.ts';
import type { Store } from '../../core/ports/store.ts';
import type { KeyRecord } from '../../core/quota/key.ts';
import { DAY_MS, QUARTER_MS } from '../../core/time.ts';
import type { Range } from '../../core/usage/range.ts';
import type { SpendLog } from '../../gateways/credentialSpec.ts';
import type { Gateway } from '../../gateways/gateway.ts';
import { askGateway } from '../requests/askGateway.ts';
import type { RequestParts } from '../requests/requestParts.ts';
import { takenFrom } from './secretSince.ts';
import { takeInSpend } from './takeInSpend.ts';

/** How far back a log that keeps every row is first read: this month and the last days of the one before. */
const FIRST_MS = 38 * DAY_MS;

interface ReadLogOptions {
  readonly signal: AbortSignal;
  /** When the log was read last, in epoch milliseconds; undefined where that is not known. */
  readonly readAt: number | undefined;
}

/**
 * Reads a key's log, whose first call is reserved already, and takes it into the ledger. Returns whether it told
 * anything.
 * @throws GatewayError
 */
export async function readLog(
  parts: RequestParts,
  key: KeyRecord,
  gateway: Gateway,
  log: SpendLog,
  bound: BoundSecret,
  { signal, readAt }: ReadLogOptions,
): Promise<boolean> {
  const { store, clock } = parts;
  const { reading } = store.states.stateOf(key.id) ?? {};
  const range = rangeOf(store, key.id, log, clock.now(), readAt);
  const told: SpendRecords[] = [];
  await askGateway(parts, gateway, bound, async context => gateway.readUsage?.(context, range), {
    signal,
    reservedLimiter: log.limiter,
    sparing: log.keepsAll,
    keyHash: key.fingerprint,
    lastReading: reading,
    recordSpend: records => told.push(records),
  });
  signal.throwIfAborted();
  const now = clock.now();
  if (await takeInSpend(store, key, told, now))
    await store.retryWhileLocked(() =>
      store.transaction(() => store.logTries.saveTry(key.id, { at: now, failures: 0 })),
    );
  return told.length > 0;
}

/**
 * What is not known yet, and was not asked for when the log was read last: a person may have asked about a later time since.
 * A key's log is told as a whole, whatever the range.
 */
function rangeOf(
  store: Pick<Store, 'ledger' | 'logTries' | 'states'>,
  keyId: string,
  { sources }: SpendLog,
  now: number,
  readAt = 0,
): Range {
  const known = store.ledger.coverageOf(keyId).filter(({ source }) => sources.includes(source));
  const first = Math.max(now - FIRST_MS, takenFrom(store, keyId));
  const gaps = subtractSpans([{ from: first, to: now }], known);
  const from = gaps.find(({ to }) => to > readAt)?.from ?? now;
  return { from: Math.floor(from / QUARTER_MS) * QUARTER_MS, to: now };
}
