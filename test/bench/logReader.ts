/**
 * Sums an account's log through the product's own code in a process of its own, and watches its memory.
 * Takes the gateway as JSON and what is to be watched, says `read {…}` when it is done. Needs `--expose-gc`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Range } from '../../src/core/usage/range.ts';
import type { Usage } from '../../src/core/usage/usage.ts';
import type { Gateway } from '../../src/gateways/gateway.ts';
import { readLogUsage } from '../../src/gateways/newApi/logUsage.ts';
import { newApi } from '../../src/gateways/newApi/newApi.ts';
import { rawScale } from '../../src/gateways/siteScale.ts';
import { sendByDefault } from '../../src/http/send.ts';
import { createTransport, MAX_BODY_BYTES } from '../../src/http/transport.ts';
import { redactor } from '../../src/redaction/redactor.ts';
import { askGateway } from '../../src/services/requests/askGateway.ts';
import { systemClock } from '../../src/services/systemClock.ts';
import { loadHistoryTables } from '../../src/store/loadHistoryTables.ts';
import { SqliteStore } from '../../src/store/store.ts';
import { SETTINGS } from '../unit/support/testWindow.ts';
import { loggedRange } from './logLedger.ts';

// A store's history can be used from the first moment on.
await loadHistoryTables();

/**
 * What is watched while the log is read: all that the process has of the machine's memory, the garbage that V8 has
 * not collected yet included; or what it still needs whenever everything is collected that nobody refers to.
 */
export type Watched = 'resident' | 'needed';

/** What is told of one reading of the log; memory in bytes. */
export interface LogReading {
  readonly usage: Pick<Usage, 'total' | 'byDay' | 'byKey' | 'byModel' | 'coverage'>;
  readonly pages: number;
  readonly seconds: number;
  /** The most of what was watched, above what there was when idle. */
  readonly peakAboveIdle: number;
}

/** The product allows itself 90 calls in 3 minutes; how fast pages may come is not what is measured. */
const UNLIMITED = { calls: Number.MAX_SAFE_INTEGER, windowMs: 1000, holdMs: 1000 };
const gateway: Gateway = { ...newApi, limiters: { scarce: UNLIMITED, general: UNLIMITED } };
/** So many pages from one collection to the next, where what is needed is watched. */
const PAGES_BETWEEN = 100;
/** Loads all code, as some use of the product has done before. */
const WARM_UP_MS = 10 * 3_600_000;

const collect = globalThis.gc ?? fail('there is no --expose-gc');
const bound = { credential: 'accessToken', ...JSON.parse(process.argv[2] ?? '') } as const;
const watched = process.argv[3] as Watched;
const folder = mkdtempSync(join(tmpdir(), 'key-quota-bench-'));
const store = new SqliteStore(folder, Date.now());
const silent = { info: () => undefined, warn: fail, debug: () => undefined, show: () => undefined };
const parts = {
  store,
  redactor,
  clock: systemClock,
  log: silent,
  settings: () => SETTINGS,
  transport: createTransport(
    () => sendByDefault,
    () => ({ timeoutMs: 60_000, maxBytes: MAX_BODY_BYTES }),
  ),
};
redactor.protect(bound.secret);

const range = loggedRange();
await summed({ from: range.from, to: range.from + WARM_UP_MS });
const idle = memoryNow();
let pages = 0;
let peak = idle;
const start = performance.now();
const usage = await summed(range, () => {
  pages++;
  if (watched === 'needed' && pages % PAGES_BETWEEN === 0) peak = Math.max(peak, memoryNow());
});
// The system itself keeps the most that was ever resident.
peak = watched === 'resident' ? process.resourceUsage().maxRSS * 1024 : Math.max(peak, memoryNow());
const seconds = (performance.now() - start) / 1000;
const { total, byDay, byKey, byModel, coverage } = usage;
const reading: LogReading = {
  usage: { total, byDay, byKey, byModel, coverage },
  pages,
  seconds,
  peakAboveIdle: peak - idle,
};
process.stdout.write(`read ${JSON.stringify(reading)}\n`);
store.close();
rmSync(folder, { recursive: true, force: true });

function summed(part: Range, onPage?: () => void): Promise<Usage> {
  return askGateway(parts, gateway, bound, context =>
    readLogUsage(context, part, rawScale(context.site, context.unitOverride, 'default'), onPage),
  );
}

/** The watched memory after all garbage was collected. */
function memoryNow(): number {
  collect();
  const { rss, heapUsed, external } = process.memoryUsage();
  return watched === 'resident' ? rss : heapUsed + external;
}

function fail(message: string): never {
  throw new Error(message);
}
