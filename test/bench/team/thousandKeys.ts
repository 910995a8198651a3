import { setTimeout as pause } from 'node:timers/promises';
import { Child } from '../../unit/support/child.ts';
import { type Figure, quantile } from '../measure.ts';
import { ServedKeys } from './servedKeys.ts';

const ORIGINS = 100;
const KEYS_EACH = 10;
const LATENCY_MS = 50;
const READERS = 40;
/** As often as editors ask, and as Prometheus scrapes. */
const READ_EVERY_MS = 60_000 / READERS;
const SCRAPE_EVERY_MS = 15_000;

/** What `key-quota serve` takes for 1,000 keys, from its start through the first round of checks to being read and scraped. */
export async function thousandKeys(quick: boolean): Promise<readonly Figure[]> {
  const farm = new Child(new URL('../farm.ts', import.meta.url), [
    ...[String(ORIGINS), String(KEYS_EACH), String(LATENCY_MS), 'named by origin'],
  ]);
  const origins = JSON.parse((await farm.untilLine('origins ')).slice('origins '.length)) as string[];
  const served = new ServedKeys(
    origins.flatMap((origin, at) =>
      Array.from({ length: KEYS_EACH }, (_, index) => ({ origin, handle: `key-${at}-${index}` })),
    ),
  );
  try {
    await served.start();
    await served.allRead();
    const spanMs = quick ? 15_000 : 60_000;
    const alone = await cpuWhile(served, () => pause(spanMs));
    const read = await cpuWhile(served, () => readAll(served, spanMs));
    const scrapes = await scrapeTimes(served, quick ? 3 : 8);
    const { mostResidentMb } = served.usage();
    const share = (100 * Math.max(0, read - alone)) / spanMs;
    return [
      {
        what: 'serve with 1,000 keys: resident memory at its most',
        value: mostResidentMb,
        bound: 150,
        unit: 'MB',
      },
      { what: '… a scrape of all, median', value: quantile(scrapes, 0.5), bound: 100, unit: 'ms' },
      {
        what: `… /v1/keys for ${READERS} readers a minute, share of a core`,
        value: share,
        bound: 1,
        unit: '%',
      },
    ];
  } finally {
    await served.close();
    await farm.kill();
  }
}

async function cpuWhile(served: ServedKeys, work: () => Promise<void>): Promise<number> {
  const before = served.usage().cpuMs;
  await work();
  return served.usage().cpuMs - before;
}

/** Each reader asks once a minute, by the tag of its last answer. */
async function readAll(served: ServedKeys, spanMs: number): Promise<void> {
  const tags = new Map<number, string>();
  for (let reading = 0; reading < spanMs / READ_EVERY_MS; reading++) {
    const start = performance.now();
    const answer = await served.readers(tags.get(reading % READERS));
    await answer.arrayBuffer();
    tags.set(reading % READERS, answer.headers.get('etag') ?? '');
    await pause(Math.max(0, READ_EVERY_MS - (performance.now() - start)));
  }
}

async function scrapeTimes(served: ServedKeys, count: number): Promise<readonly number[]> {
  const times: number[] = [];
  for (let scrape = 0; scrape < count; scrape++) {
    const start = performance.now();
    await (await served.scrape()).arrayBuffer();
    times.push(performance.now() - start);
    await pause(SCRAPE_EVERY_MS);
  }
  return times;
}
