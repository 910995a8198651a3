import { HistoryTable } from '../../../src/store/historyTable.ts';
import { SilenceTable } from '../../../src/store/muteTable.ts';
import { Store } from '../../../src/store/store.ts';
import { DAY, MINUTE, reading } from './samples.ts';

const ORIGIN = 'http://localhost:9';

/** A database with rows in every table, and more than a page of most. Returns the entries of its keys' secrets. */
export function fillDatabase(folder: string, labels: readonly string[], now: number): [string, string][] {
  const store = new Store(folder, now);
  const history = store.room(HistoryTable);
  store.transaction(() => {
    for (const [index, label] of labels.entries()) {
      const key = { label, kind: 'newApi', origin: ORIGIN, credential: 'apiKey' } as const;
      store.keys.add({ ...key, id: label, fingerprint: `f-${label}`, pinned: false, createdAt: now + index });
      store.states.put({
        keyId: label,
        reading: reading({ name: 'n'.repeat(3000) }),
        failures: 0,
        checkedAt: now,
        dueAt: now + DAY,
      });
      store.marks.put(label, 'low', '{}');
      store.claims.take(label, 'token', now);
      for (let day = 300; day > 0; day--)
        history.append(
          label,
          { code: 'USD', source: 'gateway' },
          { at: now - day * DAY, used: 300 - day },
          now - day * DAY,
        );
    }
    for (let call = 300; call > 0; call--) store.requests.add(ORIGIN, 'scarce', now - call * MINUTE);
    store.requests.hold(ORIGIN, 'scarce', now, now - MINUTE);
    store.sites.put(ORIGIN, '{"name":"site"}', now);
    store.chores.done('daily', now);
    store.room(SilenceTable).put('pause', { since: now - DAY, lastsMs: 1 });
  });
  store.close();
  return labels.map(label => [
    `key:${label}`,
    JSON.stringify({
      secret: `sk-${label}-0123456789`,
      origin: ORIGIN,
      credential: 'apiKey',
      kind: 'newApi',
      label,
    }),
  ]);
}
