/**
 * A window in a process of its own that does nothing but write: claims each key in turn, records a reading
 * that differs from the one before, and says `wrote <key> <time> <used>.` once that is committed. Goes on where
 * an earlier one was killed. Arguments: the folder, and when the first of all of them began.
 */
import { setImmediate as turn } from 'node:timers/promises';
import type { KeyRecord } from '../../../src/core/quota/key.ts';
import { gatewayOf } from '../../../src/gateways/registry.ts';
import { recordOutcome } from '../../../src/services/polling/recordOutcome.ts';
import { type Claim, claimKey } from '../../../src/services/requests/claim.ts';
import { loadHistoryTables } from '../../../src/store/loadHistoryTables.ts';
import { SqliteStore } from '../../../src/store/store.ts';
import { budgetParts } from './budgetParts.ts';
import { HOUR, MINUTE, reading } from './samples.ts';

// A store's history can be used from the first moment on.
await loadHistoryTables();

const LASTS_MS = MINUTE;
const INTERVAL_MS = 5 * MINUTE;

const [folder = '', began = '0'] = process.argv.slice(2);
process.stdout.write('opens\n');
const store = new SqliteStore(folder, Number(began));
if (store.trouble) throw new Error(`The database could not be used: ${store.trouble.kind}`);

// Without a turn of the event loop in between, nothing that was said would leave on some systems.
for (const keys = store.keys.allKeys(); ; await turn()) for (const key of keys) write(key);

function write(key: KeyRecord): void {
  process.stdout.write('writes\n');
  const { claim, now } = claimed(key);
  const used = (now - Number(began)) / 1000;
  const figures = {
    takenAt: new Date(now).toISOString(),
    quota: { unlimited: false, used, remaining: 1e9 - used },
  };
  const options = { intervalMs: INTERVAL_MS, now, chance: 0.5 };
  const recorded = recordOutcome(budgetParts(store), claim, { reading: reading(figures) }, options);
  if (recorded) process.stdout.write(`wrote ${key.id} ${now} ${used}.\n`);
}

/** Takes a key when it is due, or when the claims of those that were killed have ended. */
function claimed(key: KeyRecord): { readonly claim: Claim; readonly now: number } {
  const due = store.states.stateOf(key.id)?.dueAt ?? Number.NaN;
  const gateway = gatewayOf(key.kind);
  for (let now = due; gateway && now <= due + HOUR; now += LASTS_MS) {
    const result = claimKey(budgetParts(store), key, gateway, now, { lastsMs: LASTS_MS });
    if ('claim' in result) return { claim: result.claim, now };
  }
  throw new Error(`The key ${key.id} could not be claimed.`);
}
