import type { Store } from '../../core/ports/store.ts';
import type { KeyRecord } from '../../core/quota/key.ts';
import { type ServedKey, servedKeyId, serverIdOf } from '../../core/team/servedKey.ts';
import { HOUR_MS } from '../../core/time.ts';
import { isServer } from '../../gateways/isServer.ts';

const SERVED = 'served:';

/**
 * The fingerprint of a served key's record. There is no secret here, so it holds the server's present id of the key.
 */
export function servedFingerprint(idAtServer: string): string {
  return `${SERVED}${idAtServer}`;
}

/** What the server calls the key of a record. */
export function idAtServer({ fingerprint }: KeyRecord): string {
  return fingerprint.slice(SERVED.length);
}

/**
 * How long after an id has changed another change is not believed: ids that change with each answer identify nothing.
 */
const AGAIN_MS = HOUR_MS;
/** When the server last gave a key another id, epoch milliseconds, by the id of its record. */
const renamedAt = new Map<string, number>();

/**
 * The records of a server’s keys by the server's present ids. A key gets another id when its secret or the server's
 * salt changes: in a whole answer it is then recognized by its name, if only one key has that name, and keeps its pin,
 * note and limits.
 *
 * @param own the keys among them that we hold ourselves, by what the server calls them.
 */
export function servedRecords(
  records: readonly KeyRecord[],
  told: readonly ServedKey[],
  own: ReadonlyMap<string, string>,
  now: number,
): ReadonlyMap<string, KeyRecord> {
  const known = new Map(records.map(record => [idAtServer(record), record]));
  const ids = new Set(told.map(({ id }) => id));
  const left = records.filter(record => !ids.has(idAtServer(record)) && !own.has(idAtServer(record)));
  const leftByName = Map.groupBy(left, nameOf);
  const toldByName = Map.groupBy(told, key => nameOf(asRecord(key)));
  for (const [name, [record, another]] of leftByName) {
    const [key, otherKey] = toldByName.get(name) ?? [];
    if (!record || !key || another || otherKey || known.has(key.id)) continue;
    if (now - (renamedAt.get(record.id) ?? 0) < AGAIN_MS) continue;
    renamedAt.set(record.id, now);
    known.set(key.id, record);
  }
  return known;
}

type Named = Pick<KeyRecord, 'label' | 'credential'>;

/** What the record of a key says of it. */
export function asRecord({ id, label, credential = 'apiKey' }: ServedKey): Named {
  return { label: label || id, credential };
}

function nameOf({ label, credential }: Named): string {
  return `${credential} ${label}`;
}

/** An id for the record of a new key; the usual one may be in use for a key that had this server's id before. */
export function newServedId(store: Store, server: KeyRecord, idThere: string): string {
  let id = servedKeyId(server.id, idThere);
  for (let other = store.keys.findKey(id); other; other = store.keys.findKey(id)) {
    // Another window has added the key already.
    if (idAtServer(other) === idThere) break;
    id += '~';
  }
  return id;
}

/** Whether a record is of a key that another server tells of. */
export function isOfOther(server: KeyRecord, { id }: KeyRecord): boolean {
  const serverId = serverIdOf(id);
  return serverId !== undefined && serverId !== server.id;
}

/** Whether another server is silent now, so that this one's figures of its keys are the only ones. */
export function isSilentServer(store: Store, id: string): boolean {
  const server = store.keys.findKey(id);
  if (!server || !isServer(server)) return false;
  return server.pausedAt !== undefined || store.states.stateOf(id)?.failure !== undefined;
}
