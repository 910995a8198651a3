import { randomUUID } from 'node:crypto';
import { fingerprintOf } from '../../core/input/secretText.ts';
import type { Store } from '../../core/ports/store.ts';
import type { KeyRecord } from '../../core/quota/key.ts';
import { serverIdOf } from '../../core/team/servedKey.ts';
import { recordNewKey, recordNewSecret } from '../../services/keys/keyRecords.ts';
import type { ConfiguredKey } from '../configuration/configuration.ts';

/**
 * Updates the records of the database by the configuration, in one transaction, so that two servers that start at once
 * make no key twice. A key is recognized by its secret, whatever its name is now; else by its name, and then its secret
 * is replaced. Those that are not configured any more keep their history and are not asked.
 *
 * @returns the configured keys by the ids of their records.
 */
export function adoptKeys(
  store: Store,
  configured: readonly ConfiguredKey[],
  now: number,
): ReadonlyMap<string, ConfiguredKey> {
  return store.transactionOnDisk(() => {
    // Keys of another server go with that.
    const own = store.keys.allKeys().filter(({ id }) => serverIdOf(id) === undefined);
    const left = new Map(own.map(record => [record.id, record]));
    const known = new Map<ConfiguredKey, KeyRecord>();
    for (const nameOf of [bySecret, byName]) {
      const records = new Map([...left.values()].map(record => [nameOf(record), record]));
      for (const key of configured) {
        const record = known.has(key) ? undefined : records.get(nameOf(asRecord(key)));
        if (!record || !left.delete(record.id)) continue;
        known.set(key, record);
      }
    }
    const adopted = new Map(configured.map(key => [adopt(store, key, known.get(key), now), key]));
    for (const { id, pausedAt } of left.values()) if (pausedAt === undefined) store.keys.setPaused(id, now);
    return adopted;
  });
}

type Named = Pick<KeyRecord, 'label' | 'kind' | 'baseUrl' | 'credential' | 'fingerprint'>;

function asRecord({ name, secret, ...key }: ConfiguredKey): Named {
  return { ...key, label: name, fingerprint: fingerprintOf(key.baseUrl, secret) };
}

function bySecret({ kind, baseUrl, credential, fingerprint }: Named): string {
  return JSON.stringify([kind, baseUrl, credential, fingerprint]);
}

function byName({ kind, baseUrl, credential, label }: Named): string {
  return JSON.stringify([kind, baseUrl, credential, label]);
}

function adopt(store: Store, key: ConfiguredKey, record: KeyRecord | undefined, now: number): string {
  const { name: label, kind, baseUrl, credential, userId, secret } = key;
  const fingerprint = fingerprintOf(baseUrl, secret);
  const id = record?.id ?? randomUUID();
  if (!record) {
    const visible = { id, label, kind, baseUrl, credential, ...(userId !== undefined && { userId }) };
    recordNewKey(store, { ...visible, fingerprint, pinned: false, createdAt: now }, undefined, now);
  } else {
    if (record.fingerprint !== fingerprint) recordNewSecret(store, record, fingerprint, now);
    else if (record.pausedAt !== undefined) store.keys.setPaused(id, undefined);
    if (record.label !== label) store.keys.renameKey(id, label);
  }
  setLimits(store, id, key);
  return id;
}

function setLimits({ spendingLimits }: Store, keyId: string, { limits }: ConfiguredKey): void {
  const scope = { of: 'key', keyId } as const;
  const before = spendingLimits
    .allLimits()
    .filter(limit => limit.scope.of === 'key' && limit.scope.keyId === keyId);
  for (const { period, unit } of before)
    if (!limits.some(each => each.period === period)) spendingLimits.removeLimit({ scope, period, unit });
  for (const limit of limits) spendingLimits.saveLimit({ scope, ...limit });
}
