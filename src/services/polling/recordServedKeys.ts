import type { CheckState } from '../../core/ports/checkTables.ts';
import type { SecretLookup } from '../../core/ports/secrets.ts';
import type { Store } from '../../core/ports/store.ts';
import type { KeyRecord } from '../../core/quota/key.ts';
import {
  isNotServed,
  NEVER_DUE,
  NOT_SERVED,
  type Served,
  type ServedKey,
  serverIdOf,
} from '../../core/team/servedKey.ts';
import { WEEK_MS } from '../../core/time.ts';
import { ownServedKeys } from '../keys/ownServedKeys.ts';
import { recordOwnServed } from './recordOwnServed.ts';
import { appendToHistory, unchangedSince } from './recordReading.ts';
import {
  asRecord,
  idAtServer,
  isOfOther,
  isSilentServer,
  newServedId,
  servedFingerprint,
  servedRecords,
} from './servedRecords.ts';
import { Slices } from './slices.ts';

/** How many records are written in one transaction; more would keep other windows waiting. */
const AT_ONCE = 25;

/**
 * Writes down what a server tells of its keys, each as a record of its own that is never asked from here; those that we hold
 * ourselves, by `lookup`, in their own records. Keys that it no longer tells of go: at once, or, where what they have here
 * would be missed, a week after their last reading. Returns whether anything was written.
 */
export async function recordServedKeys(
  store: Store,
  server: KeyRecord,
  served: Served,
  lookup: (keyId: string) => SecretLookup | undefined,
  now: number,
): Promise<boolean> {
  const stateOfKey = ({ id }: KeyRecord) => store.states.stateOf(id);
  /** Whether this server tells of a key in the line of another one. */
  const isLent = (key: KeyRecord) => stateOfKey(key)?.readFrom === server.id;
  const own = ownServedKeys(store, served.salt, lookup);
  const records = store.keys.allKeys();
  const ofServer = records.filter(({ id }) => serverIdOf(id) === server.id);
  // Two servers, or a server and its metrics, may serve one key, which is one line: that of the first server, as long
  // as it tells of it.
  const ofOthers = records.filter(key => isOfOther(server, key));
  const elsewhere = new Set(ofOthers.map(idAtServer));
  const servedHere = served.keys.filter(({ id }) => !own.has(id) && !elsewhere.has(id));
  const found = servedRecords(ofServer, served.isWhole ? servedHere : [], own, now);
  const kept = new Set(servedHere.flatMap(({ id }) => found.get(id)?.id ?? []));
  const others = Map.groupBy(ofOthers, ({ id }) => serverIdOf(id) ?? '');
  const silent = [...others].flatMap(([id, keys]) =>
    isSilentServer(store, id)
      ? keys
      : keys.filter(key => isLent(key) || isNotServed(stateOfKey(key)?.failure)),
  );
  const silentById = new Map(silent.map(key => [idAtServer(key), key]));
  const before = new Map([...found, ...silentById]);
  const names = new Set(served.keys.map(({ label }) => label));
  // One that is told by another id is not missed: ids that change with each answer would else leave lines behind.
  const isKept = ({ pinned, note, label }: KeyRecord) =>
    pinned || note !== undefined || (served.keepsAll && !names.has(label));
  const mayComeBack = (key: KeyRecord) =>
    isKept(key) &&
    !elsewhere.has(idAtServer(key)) &&
    now - Date.parse(stateOfKey(key)?.reading?.takenAt ?? '') < WEEK_MS;
  const isMissing = (key: KeyRecord) =>
    !kept.has(key.id) && (own.has(idAtServer(key)) || (served.isWhole && !isToldByOther(store, key)));
  const missing = ofServer.filter(isMissing);
  const told = new Set(served.keys.map(({ id }) => id));
  const unserved = served.isWhole ? ofOthers.filter(key => isLent(key) && !told.has(idAtServer(key))) : [];
  const byFate = Map.groupBy(missing, key => own.has(idAtServer(key)) || !mayComeBack(key));
  const gone = byFate.get(true) ?? [];
  const wanted = [
    ...served.keys.filter(({ id }) => !own.has(id) && (!elsewhere.has(id) || silentById.has(id))),
    ...(byFate.get(false) ?? []).map(unservedKey),
  ];
  let hasChanged = false;
  const slices = new Slices();
  for (let start = 0; start < Math.max(wanted.length, 1); start += AT_ONCE) {
    const slice = wanted.slice(start, start + AT_ONCE);
    const write = () =>
      store.transaction(() => {
        // It may have been removed meanwhile.
        if (!store.keys.findKey(server.id)) return false;
        const changes = slice.map(key => recordServedKey(store, server, before, key, now));
        if (start > 0) return changes.includes(true);
        for (const { id } of gone) store.keys.removeKey(id);
        for (const key of unserved) giveBack(store, key);
        const hasOwn = recordOwnServed(store, server, served, own, now);
        return hasOwn || gone.length + unserved.length > 0 || changes.includes(true);
      });
    hasChanged = (await store.retryWhileLocked(write)) || hasChanged;
    await slices.next();
  }
  return hasChanged;
}

/** A key that a server did not tell of: its last figures stay, with their age, and what it spent since is not known. */
function unservedKey(key: KeyRecord): ServedKey {
  const { label, credential } = key;
  return {
    id: idAtServer(key),
    label,
    credential,
    failure: NOT_SERVED,
  };
}

/** Whether another server, which answers, tells of a key in this line. */
function isToldByOther(store: Store, { id }: KeyRecord): boolean {
  const readFrom = store.states.stateOf(id)?.readFrom;
  if (readFrom === undefined || readFrom === serverIdOf(id)) return false;
  return store.keys.findKey(readFrom) !== undefined && !isSilentServer(store, readFrom);
}

/** A key of another server's, of which this one does not tell any more either. */
function giveBack(store: Store, { id }: KeyRecord): void {
  const last = store.states.stateOf(id);
  if (last) store.states.saveState({ ...last, failure: NOT_SERVED, failures: 1, readFrom: serverIdOf(id) });
}

/** Returns whether anything of it has changed. */
function recordServedKey(
  store: Store,
  server: KeyRecord,
  before: ReadonlyMap<string, KeyRecord>,
  served: ServedKey,
  now: number,
): boolean {
  const record = before.get(served.id);
  const id = record?.id ?? newServedId(store, server, served.id);
  const { label, credential } = asRecord(served);
  const fingerprint = servedFingerprint(served.id);
  const last = store.states.stateOf(id);
  let isRenamed = false;
  if (record && isOfOther(server, record)) {
    // While a server is silent, another one that knows the key updates its figures alone, and never with older ones.
    if (!served.reading || served.reading.takenAt < (last?.reading?.takenAt ?? '')) return false;
  } else if (!record) {
    const { kind, baseUrl } = server;
    store.keys.addKey({
      ...{ id, label, kind, baseUrl, credential, fingerprint },
      pinned: false,
      createdAt: now,
    });
  } else {
    isRenamed = record.label !== label || record.fingerprint !== fingerprint;
    if (record.label !== label) store.keys.renameKey(id, label);
    if (record.fingerprint !== fingerprint) store.keys.setFingerprint(id, fingerprint);
  }
  const state = stateOf(server, id, served, last);
  if (last && isSame(last, state)) return isRenamed;
  const { reading } = served;
  const isNewer = reading && !(last?.reading && reading.takenAt <= last.reading.takenAt);
  const forecast = isNewer ? appendToHistory(store, { id, fingerprint }, { reading }, now) : last?.forecast;
  store.states.saveState({ ...state, forecast, unchangedSince: unchangedSince(reading, last, now) });
  return true;
}

function stateOf(
  server: KeyRecord,
  keyId: string,
  served: ServedKey,
  last: CheckState | undefined,
): CheckState {
  const { reading, failure, checkedAt, everyMs: toldEveryMs, spend: toldSpend } = served;
  return {
    ...{ keyId, failure, checkedAt },
    // Without new figures the last ones stay, with their age.
    reading: reading ?? last?.reading,
    memory: { toldEveryMs, toldSpend },
    failures: failure ? 1 : 0,
    readFrom: server.id,
    dueAt: NEVER_DUE,
  };
}

function isSame(last: CheckState, state: CheckState): boolean {
  const told = ({ reading, failure, checkedAt, memory, readFrom, dueAt }: CheckState) =>
    JSON.stringify([reading, failure, checkedAt, memory, readFrom, dueAt]);
  return told(last) === told(state);
}
