import { loadHistoryTables } from '../../../src/store/loadHistoryTables.ts';
import { SqliteStore } from '../../../src/store/store.ts';
import { DAY, MINUTE, reading } from './samples.ts';

// A store's history can be used from the first moment on.
await loadHistoryTables();

const ORIGIN = 'http://localhost:9';

/** A database with rows in every table, and more than a page of most. Returns the entries of its keys' secrets. */
export function fillDatabase(folder: string, labels: readonly string[], now: number): [string, string][] {
  const store = new SqliteStore(folder, now);
  const history = store.history;
  store.transaction(() => {
    for (const [index, label] of labels.entries()) {
      const key = { label, kind: 'newApi', baseUrl: ORIGIN, credential: 'apiKey' } as const;
      store.keys.addKey({
        ...key,
        id: label,
        fingerprint: `f-${label}`,
        pinned: false,
        createdAt: now + index,
      });
      store.states.saveState({
        keyId: label,
        reading: reading({ name: 'n'.repeat(3000) }),
        failures: 0,
        checkedAt: now,
        dueAt: now + DAY,
      });
      store.fired.saveFired(label, 'low', '{}');
      store.snoozes.saveSnooze(label, { since: now - DAY, lastsMs: 1 });
      store.keyRules.saveRules(label, {});
      store.aliases.addAlias(label);
      store.copiedSecrets.saveCopied({ keyId: label, until: now - DAY, digest: 'd' });
      store.claims.saveClaim(label, 'token', now);
      for (let day = 300; day > 0; day--)
        history.appendReading(
          label,
          { code: 'USD', source: 'gateway' },
          { at: now - day * DAY, used: 300 - day },
          now - day * DAY,
        );
    }
    for (let call = 300; call > 0; call--) store.requests.addCall(ORIGIN, 'scarce', now - call * MINUTE);
    store.requests.holdLimiter(ORIGIN, 'scarce', now, now - MINUTE);
    store.sites.saveSite(ORIGIN, '{"name":"site"}', now);
    store.ignoredSecrets.ignoreSecret('no key', now);
    store.maintenance.markDone('daily', now);
    store.mutes.saveMute('pause', { since: now - DAY, lastsMs: 1 });
  });
  store.close();
  return labels.map(label => [
    `key:${label}`,
    JSON.stringify({
      secret: `sk-${label}-0123456789`,
      baseUrl: ORIGIN,
      credential: 'apiKey',
      kind: 'newApi',
      label,
    }),
  ]);
}
