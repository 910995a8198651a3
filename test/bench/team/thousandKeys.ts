import { setTimeout as pause } from 'node:timers/promises';
import { Child } from '../../unit/support/child.ts';
import { type Figure, quantile } from '../measure.ts';
import { ServedKeys } from './servedKeys.ts';

const ORIGINS = 100;
const KEYS_EACH = 10;
const LATENCY_MS = 50;
const READERS = 40;
const MINUTE_MS = 60_000;
/** The shortest interval that is usual with Prometheus. */
const SCRAPE_EVERY_MS = 15_000;

/**
 * What `key-quota serve` uses for 1,000 keys: at its start, in the first round of checks, and while it is read and
 * scraped.
 */
export async function thousandKeys(quick: boolean): Promise<readonly Figure[]> {
  const farm = new Child(new URL('../farm.ts', import.meta.url), [
    ...[String(ORIGINS), String(KEYS_EACH), String(LATENCY_MS), 'named by origin'],
  ]);
  const origins = JSON.parse((await farm.untilLine('origins ')).slice('origins '.length)) as string[];
  const served = new ServedKeys(
    origins.flatMap((origin, at) =>
      Array.from({ length: KEYS_EACH }, (_, index) => ({ origin, handle: `key-${at}-${index}` })),
    ),
    // More often than usual, so that most answers are not those of before.
    { pollMinutes: 2 },
  );
  try {
    await served.start();
    await served.allRead();
    const scrapes = await scrapeTimes(served, quick ? 2 : 6);
    const reads = await readTimes(served, quick ? READERS / 2 : 2 * READERS);
    const { mostResidentMb } = served;
    return [
      {
        what: 'serve with 1,000 keys: resident memory at its most',
        ...{ value: mostResidentMb, bound: 150, unit: 'MB' },
      },
      { what: '… a scrape of all, median', value: quantile(scrapes, 0.5), bound: 100, unit: 'ms' },
      {
        // The time of an answer is no less than what it takes of a core; checks go on meanwhile, and would hide the latter.
        what: `… /v1/keys for ${READERS} readers a minute, share of a core at most`,
        ...{ value: (100 * READERS * quantile(reads, 0.5)) / MINUTE_MS, bound: 1, unit: '%' },
      },
    ];
  } finally {
    await served.close();
    await farm.kill();
  }
}

/** Each reader asks once a minute, by the tag of its last answer. */
async function readTimes(served: ServedKeys, count: number): Promise<readonly number[]> {
  const times: number[] = [];
  const tags = new Map<number, string>();
  for (let read = 0; read < count; read++) {
    const { ms, etag } = await served.timeOfRead(tags.get(read % READERS));
    times.push(ms);
    tags.set(read % READERS, etag);
    await pause(Math.max(0, MINUTE_MS / READERS - ms));
  }
  return times;
}

async function scrapeTimes(served: ServedKeys, count: number): Promise<readonly number[]> {
  const times: number[] = [];
  for (let scrape = 0; scrape < count; scrape++) {
    times.push((await served.timeOfScrape()).ms);
    await pause(SCRAPE_EVERY_MS);
  }
  return times;
}
