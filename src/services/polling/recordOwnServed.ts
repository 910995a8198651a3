import type { CheckState } from '../../core/ports/checkTables.ts';
import type { Store } from '../../core/ports/store.ts';
import type { KeyRecord } from '../../core/quota/key.ts';
import type { Reading } from '../../core/quota/reading.ts';
import { followsFrom } from '../../core/team/followsFrom.ts';
import { NEVER_DUE, type Served, type ServedKey } from '../../core/team/servedKey.ts';
import { appendToHistory, unchangedSince } from './recordReading.ts';
import { isSilentServer } from './servedRecords.ts';

/**
 * Writes down what a server tells of keys that we hold ourselves, which are then not asked from here. One whose figures there
 * do not go with our own is asked itself, at once, and so is one that the server does not tell of any more. Called inside a
 * transaction. Returns whether anything changed.
 *
 * @param own the ids of our own keys, by what the server calls them.
 */
export function recordOwnServed(
  store: Store,
  server: KeyRecord,
  { keys, isWhole }: Served,
  own: ReadonlyMap<string, string>,
  now: number,
): boolean {
  const told = new Map(keys.map(key => [key.id, key]));
  let hasChanged = false;
  for (const [servedId, keyId] of own) {
    const [key, before, served] = [
      store.keys.findKey(keyId),
      store.states.stateOf(keyId),
      told.get(servedId),
    ];
    if (!key || !before || !mayBeRead(store, key, before, server)) continue;
    const isRead = before.readFrom === server.id;
    if (served ? hasNothingNew(served) : !isRead || !isWhole) continue;
    const state = served && stateByServer(store, key, before, served, server, now);
    if (state) store.accountLinks.saveLink(keyId, server.id, now);
    else if (isRead) store.accountLinks.endLinks(keyId);
    else continue;
    const changed = state ?? { ...before, readFrom: undefined, dueAt: now };
    if (JSON.stringify(changed) === JSON.stringify(before)) continue;
    store.states.saveState(changed);
    hasChanged = true;
  }
  return hasChanged;
}

/** False for a paused or separated key, and for one that an account lists or another server serves. */
function mayBeRead(store: Store, { id, pausedAt }: KeyRecord, { readFrom }: CheckState, server: KeyRecord) {
  const isOther = readFrom !== undefined && readFrom !== server.id && !isSilentServer(store, readFrom);
  return pausedAt === undefined && !isOther && store.accountLinks.linkOf(id)?.separatedAt === undefined;
}

/** Whether the server has nothing new to say: its figures age here as they do there. */
function hasNothingNew({ reading, failure }: ServedKey): boolean {
  return reading === undefined || (failure !== undefined && failure.class === 'transient');
}

/** The state of our own key by the server's figures; undefined where they cannot be true beside the key's own. */
function stateByServer(
  store: Store,
  key: KeyRecord,
  before: CheckState,
  { reading: told, failure, checkedAt, everyMs: toldEveryMs, spend: toldSpend }: ServedKey,
  server: KeyRecord,
  now: number,
): CheckState | undefined {
  if (!told || !before.reading || failure?.class !== before.failure?.class) return undefined;
  if (!followsFrom(before.reading, told, before.forecast?.perDay)) return undefined;
  const isNewer = told.takenAt > before.reading.takenAt;
  const reading = isNewer ? toldReading(told, before.reading) : before.reading;
  return {
    ...before,
    reading,
    memory: { ...before.memory, toldEveryMs, toldSpend },
    forecast: isNewer ? appendToHistory(store, key, { reading }, now) : before.forecast,
    unchangedSince: isNewer ? unchangedSince(reading, before, now) : before.unchangedSince,
    checkedAt: Math.max(checkedAt ?? 0, before.checkedAt ?? 0) || undefined,
    failures: before.failures,
    readFrom: server.id,
    dueAt: NEVER_DUE,
  };
}

/** The server's reading, with the members that the server does not tell kept from the last one. */
function toldReading(told: Reading, before: Reading): Reading {
  const { gatewayName, name, group, source, usableAt } = before;
  return {
    ...told,
    ...{ gatewayName, name, group, source, usableAt },
    expiresAt: told.expiresAt === undefined ? before.expiresAt : told.expiresAt,
    ...(told.models === undefined && { models: before.models, modelsMore: before.modelsMore }),
  };
}
