import { createHash } from 'node:crypto';
import { failed } from '../../core/quota/failure.ts';
import type { AccountKey, Reading } from '../../core/quota/reading.ts';
import { round6, type UnitCode } from '../../core/quota/unit.ts';
import type { ServedKey, ServerReading } from '../../core/team/servedKey.ts';
import { HOUR_MS, isoTime, SECOND_MS } from '../../core/time.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import { MAX_WINDOWS } from '../maxWindows.ts';
import { MAX_ACCOUNT_KEYS } from '../parseAccountKeys.ts';
import { failureOfStatus } from '../servedStatus.ts';
import {
  IDENTITY,
  liteLlmKeys,
  METRICS,
  onWatchWindows,
  ownKeys,
  type SampledKey,
  WITHOUT_TIME,
} from './presets.ts';
import { querySamples } from './samples.ts';

const NOW = `{__name__=~"${METRICS}"}`;
/** While all Key Quota servers of a job answer, a key that none of them tells of is gone. */
const TOLD = 'unless on(job) (key_quota_build_info unless on(job) up == 0)';
/**
 * An exporter that is down must not make a key vanish: Prometheus forgets its series at the next scrape. For a key that
 * is told now, nothing older counts: neither its former name, nor another unit, nor what an instance told that is gone.
 */
const ALL = `${NOW} or (last_over_time(${NOW}[1h]) unless on(${IDENTITY}) ${NOW} ${TOLD})`;
const SCRAPED = `timestamp({__name__=~"${WITHOUT_TIME}"})`;
/**
 * When the oldest of the figures without a time of their own was scraped; for exporters that are down, to the minute.
 */
const OLDEST_SCRAPE = `min(${SCRAPED} or (max_over_time(${SCRAPED}[1h:1m]) unless on(${IDENTITY}) ${SCRAPED}))`;
/** A figure that is older than the newest one by more than this is left out. */
const MAX_BEHIND_MS = HOUR_MS;

/** The keys that a Prometheus has series of, whichever exporter they are from. The oldest figure gives the time of all. */
export async function readQuota(context: GatewayContext): Promise<ServerReading> {
  const { samples, unreadable } = await querySamples(context, ALL);
  const others = liteLlmKeys(samples).map(key => ({ ...key, servedId: idWithoutDigest(key.servedId) }));
  const windows = onWatchWindows(samples).slice(0, MAX_WINDOWS);
  const keys = [...ownKeys(samples), ...others];
  if (keys.length === 0 && windows.length === 0) throw failed('unexpected', 'missing-figures');
  const scrapedAt = others.length + windows.length > 0 ? await oldestScrape(context) : undefined;
  const timed = keys.map(key => ({ ...key, takenAt: timeOf(key, scrapedAt, context.now()) }));
  const newest = Math.max(...timed.map(({ takenAt }) => takenAt), scrapedAt ?? Number.NEGATIVE_INFINITY);
  const isOfNow = ({ takenAt }: { readonly takenAt: number }) => newest - takenAt <= MAX_BEHIND_MS;
  const times = timed.filter(isOfNow).map(({ takenAt }) => takenAt);
  const unit = mostUsedUnit(timed);
  const listed = timed.slice(0, MAX_ACCOUNT_KEYS).map(key => listedKey(key, unit, isOfNow(key)));
  return {
    takenAt: isoTime(Math.min(...times, ...(windows.length > 0 ? [scrapedAt ?? newest] : []))),
    unit: unit === undefined ? { code: 'UNITS', source: 'default' } : { code: unit, source: 'gateway' },
    ...(listed.length > 0 && { accountKeys: listed }),
    ...((keys.length > listed.length || unreadable > 0) && { accountKeysMissing: {} }),
    ...(windows.length > 0 && { windows }),
    served: {
      keys: [
        ...new Map(timed.slice(0, MAX_ACCOUNT_KEYS).map(key => [key.servedId, servedKey(key)])).values(),
      ],
      isWhole: keys.length <= MAX_ACCOUNT_KEYS && unreadable === 0,
      keepsAll: true,
    },
  };
}

/** Each with its own time and unit, so that an old figure shows its age. */
function servedKey(key: SampledKey & { readonly takenAt: number }): ServedKey {
  const { servedId: id, name: label, unit, unlimited, used, remaining, expiresAt, isRefused, takenAt } = key;
  const granted = used === undefined || remaining === undefined ? undefined : round6(used + remaining);
  const quota = unlimited ? { unlimited, used } : { unlimited: false, granted, used, remaining };
  const isTold = unlimited || used !== undefined || remaining !== undefined;
  const reading: Reading = {
    takenAt: isoTime(takenAt),
    unit: unit === undefined ? { code: 'UNITS', source: 'default' } : { code: unit, source: 'gateway' },
    ...(isTold && { quota }),
    ...(expiresAt !== undefined && { expiresAt }),
  };
  const told = isTold || expiresAt !== undefined ? reading : undefined;
  return { id, label, reading: told, failure: failureOfStatus(isRefused ? 'invalid' : key.status, told) };
}

/**
 * In place of LiteLLM's id, which is the digest of a key that LiteLLM itself looks keys up by. The same wherever that key is
 * told of, so that it is counted once beside a second Prometheus, and stays the same key when the token changes.
 */
function idWithoutDigest(id: string): string {
  return createHash('sha256').update(`key-quota LiteLLM ${id}`).digest('hex').slice(0, 16);
}

/** The time of the oldest scrape, epoch milliseconds. Where it is not told, an hour ago: figures cannot be older. */
async function oldestScrape(context: GatewayContext): Promise<number> {
  const { samples } = await querySamples(context, OLDEST_SCRAPE);
  const at = (samples[0]?.value ?? 0) * SECOND_MS;
  return Math.max(Math.min(at, context.now()), context.now() - HOUR_MS);
}

/** Epoch milliseconds; never ahead of our own clock. A key of ours that was never read has no figure that could be old. */
function timeOf({ takenAt }: SampledKey, scrapedAt: number | undefined, now: number): number {
  return Math.min(takenAt === undefined ? (scrapedAt ?? now) : takenAt * SECOND_MS, now);
}

function mostUsedUnit(keys: readonly SampledKey[]): UnitCode | undefined {
  const counts = new Map<UnitCode, number>();
  for (const { unit } of keys) if (unit) counts.set(unit, (counts.get(unit) ?? 0) + 1);
  const most = Math.max(0, ...counts.values());
  return [...counts].find(([, count]) => count === most)?.[0];
}

/** Without figures that are in another unit than the list, or old: those are not known. */
function listedKey(
  {
    unit,
    takenAt: _takenAt,
    servedId: _servedId,
    isRefused: _isRefused,
    remaining,
    used,
    ...key
  }: SampledKey,
  listUnit: UnitCode | undefined,
  isOfNow: boolean,
): AccountKey {
  if (unit !== listUnit || !isOfNow) return key;
  return { ...key, ...(remaining !== undefined && { remaining }), ...(used !== undefined && { used }) };
}
