import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { databasePath } from '../../../src/store/database.ts';
import { loadHistoryTables } from '../../../src/store/loadHistoryTables.ts';
import { SqliteStore } from '../../../src/store/store.ts';
import { type SampleGateway, startSampleGateway } from '../../sampleGateways/server.ts';
import { seededChance } from '../../unit/support/seededChance.ts';
import type { Figure } from '../measure.ts';
import { ServedKeys } from './servedKeys.ts';

const GATEWAYS = 8;
const KEYS_EACH = 5;
const LATENCY_MS = 20;
/** Milliseconds from the first call of a run until it is killed: while answers arrive, or while they are written. */
const LONGEST_LIFE_MS = 80;
/** Longer than the windows of both limiters, and than any claim. */
const BETWEEN_LIVES_MS = 25 * 60_000;
const PATIENCE_MS = 20_000;
const QUOTA_PER_DOLLAR = 500_000;

interface Toll {
  killedInMidPoll: number;
  damaged: number;
  wrongFigures: number;
  unreserved: number;
}

/** Kills `key-quota serve` during its checks many times, and looks at what each run leaves in the database. */
export async function killedServer(times: number): Promise<readonly Figure[]> {
  await loadHistoryTables();
  const gateways = await Promise.all(Array.from({ length: GATEWAYS }, (_, at) => gatewayOf(at)));
  const keys = gateways.flatMap(({ origin }, at) => handlesOf(at).map(handle => ({ origin, handle })));
  const served = new ServedKeys(keys);
  const chance = seededChance(1);
  const held = new HeldFigures(gateways);
  const toll: Toll = { killedInMidPoll: 0, damaged: 0, wrongFigures: 0, unreserved: 0 };
  const quietLife = async () => {
    await served.start();
    await served.allRead();
    await served.end();
    inspect(served.data, held, toll);
  };
  try {
    await quietLife();
    letTimePass(served.data);
    for (let kill = 0; kill < times; kill++) {
      held.spend(chance);
      const callsBefore = gateways.map(({ calls }) => calls.length);
      const startedAt = Date.now();
      await served.start();
      const deadline = Date.now() + PATIENCE_MS;
      while (gateways.every(({ calls }, at) => calls.length === callsBefore[at])) {
        if (Date.now() > deadline) throw new Error('No gateway was asked.');
        await pause(1);
      }
      await pause(chance() * LONGEST_LIFE_MS);
      const killedAt = Date.now();
      await served.end('SIGKILL');
      // Calls that were already sent still reach the gateways.
      await pause(2 * LATENCY_MS);
      const isOnItsWay = ({ calls }: SampleGateway) => (calls.at(-1)?.at ?? 0) > killedAt - LATENCY_MS;
      if (gateways.some(isOnItsWay)) toll.killedInMidPoll++;
      inspect(served.data, held, toll);
      gateways.forEach(({ origin, calls }, at) => {
        const made = calls.length - (callsBefore[at] ?? 0);
        toll.unreserved += Math.max(0, made - reservedSince(served.data, origin, startedAt));
      });
      letTimePass(served.data);
    }
    await quietLife();
    return [
      { what: `killed ${times} times: database found damaged`, value: toll.damaged, bound: 0, unit: '' },
      {
        what: '… figures lost, or never held by their gateway',
        value: toll.wrongFigures,
        bound: 0,
        unit: '',
      },
      { what: '… calls without a reservation', value: toll.unreserved, bound: 0, unit: '' },
      {
        what: '… keys with spend counted twice, or lost',
        value: miscounted(served.data, held),
        bound: 0,
        unit: '',
      },
      {
        what: '… kills while an answer was on its way',
        ...{ value: toll.killedInMidPoll, bound: times / 2, atLeast: true, unit: '' },
      },
    ];
  } finally {
    await served.close();
    for (const gateway of gateways) await gateway.close();
  }
}

function gatewayOf(at: number): Promise<SampleGateway> {
  const holds = (index: number) => ({ remain: 50_000_000 + 1000 * index, used: 50_000 + index });
  const scenarios = Object.fromEntries(
    handlesOf(at).map((handle, index) => [handle, { holds: holds(index) }]),
  );
  return startSampleGateway({ scenarios, latencyMs: LATENCY_MS });
}

function handlesOf(gateway: number): readonly string[] {
  return Array.from({ length: KEYS_EACH }, (_, index) => `key-${gateway}-${index}`);
}

/** What was used of each key at any time, in dollars, by the place of the key in the configuration. */
class HeldFigures {
  readonly #gateways: readonly SampleGateway[];
  readonly #held = new Map<string, Set<number>>();
  /** The first and the latest figure that the database was seen to have. */
  readonly seen = new Map<string, { readonly first: number; readonly last: number }>();

  constructor(gateways: readonly SampleGateway[]) {
    this.#gateways = gateways;
    this.#note();
  }

  spend(chance: () => number): void {
    this.#gateways.forEach((gateway, at) => {
      for (const handle of handlesOf(at)) gateway.spend(handle, { quota: 500 + Math.floor(chance() * 5000) });
    });
    this.#note();
  }

  /**
   * Notes a key's figure in the database. Returns whether the gateway has told that figure, and whether it is no lower
   * than the previous one.
   */
  fits(label: string, used: number | undefined): boolean {
    const before = this.seen.get(label);
    if (used === undefined) return before === undefined;
    this.seen.set(label, { first: before?.first ?? used, last: used });
    return (this.#held.get(label)?.has(micros(used)) ?? false) && used >= (before?.last ?? 0);
  }

  #note(): void {
    const all = this.#gateways.flatMap((gateway, at) =>
      handlesOf(at).map(handle => gateway.key(handle).used),
    );
    for (const [index, used] of all.entries()) {
      const label = `Key ${index}`;
      this.#held.set(label, (this.#held.get(label) ?? new Set()).add(micros(used / QUOTA_PER_DOLLAR)));
    }
  }
}

function micros(dollars: number): number {
  return Math.round(dollars * 1e6);
}

function inspect(data: string, held: HeldFigures, toll: Toll): void {
  if (inDatabase(data, file => file.prepare('PRAGMA integrity_check').get())?.integrity_check !== 'ok')
    toll.damaged++;
  const store = new SqliteStore(data, Date.now());
  for (const { id, label } of store.keys.allKeys())
    if (!held.fits(label, store.states.stateOf(id)?.reading?.quota?.used)) toll.wrongFigures++;
  store.close();
}

/** Keys whose sums by day differ from the growth of their figures. */
function miscounted(data: string, { seen }: HeldFigures): number {
  const store = new SqliteStore(data, Date.now());
  const days = Map.groupBy(store.history.spendByDay('2000-01-01', '2999-12-31'), ({ keyId }) => keyId);
  const wrong = store.keys.allKeys().filter(({ id, label }) => {
    const { first = 0, last = 0 } = seen.get(label) ?? {};
    const spent = (days.get(id) ?? []).reduce((sum, day) => sum + day.spent, 0);
    return micros(spent) !== micros(last - first);
  });
  store.close();
  return wrong.length;
}

function reservedSince(data: string, origin: string, at: number): number {
  const count = 'SELECT count(*) AS count FROM requests WHERE origin = ? AND sent_at >= ?';
  return Number(inDatabase(data, file => file.prepare(count).get(origin, at))?.count);
}

/** Makes all keys due again, and reservations expired. */
function letTimePass(data: string): void {
  inDatabase(data, file => {
    file.prepare('UPDATE requests SET sent_at = sent_at - ?').run(BETWEEN_LIVES_MS);
    file.prepare('UPDATE claims SET ends_at = ends_at - ?').run(BETWEEN_LIVES_MS);
    file.exec('UPDATE states SET due_at = 0');
  });
}

function inDatabase<Result>(data: string, work: (file: DatabaseSync) => Result): Result {
  const file = new DatabaseSync(databasePath(data));
  try {
    return work(file);
  } finally {
    file.close();
  }
}
