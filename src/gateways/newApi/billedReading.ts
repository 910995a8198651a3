import { localTime } from '../../core/quota/ends.ts';
import type { CountedReading, Reading } from '../../core/quota/reading.ts';
import { amountOf } from '../../core/quota/unit.ts';
import { isoTime, MINUTE_MS } from '../../core/time.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import { rawScale } from '../siteScale.ts';
import type { OwnFigures } from './billedFigures.ts';
import { countedQuota } from './tokenUsage.ts';

/**
 * A key's figures in raw numbers as a reading. It is recorded as if the key's own endpoint had told it, so that what was
 * spent is one series whichever way is taken.
 */
export function readingOf(
  context: GatewayContext,
  { limit, used, left }: OwnFigures,
): Pick<CountedReading, 'takenAt' | 'unit' | 'quota' | 'counted'> {
  const { site, unitOverride, now } = context;
  const scale = rawScale(site, unitOverride, 'default');
  const amount = (raw: number | undefined) => (raw === undefined ? undefined : amountOf(raw, scale));
  return {
    takenAt: isoTime(now()),
    unit: scale.unit,
    quota:
      limit === undefined
        ? { unlimited: true, used: amountOf(used, scale) }
        : {
            unlimited: false,
            granted: amountOf(limit, scale),
            used: amountOf(used, scale),
            remaining: amount(left),
          },
    counted: countedQuota({ used, remaining: left }, scale, site),
  };
}

/** Whether a key has nothing left, or has ended, by its own figures. */
export function isEnded({ quota, expiresAt }: Reading, now: number): boolean {
  if (typeof expiresAt === 'string' && Date.parse(expiresAt) <= now) return true;
  return quota !== undefined && !quota.unlimited && quota.remaining !== undefined && quota.remaining <= 0;
}

/** A clock that is off by more is noticed by the gateway's answers. */
const CLOCK_OFF_MS = 10 * MINUTE_MS;

/** Whether a key's end may have come by the gateway's clock, of which ours may be a few minutes behind. */
export function mayHaveExpired({ expiresAt }: Reading, { lastReading, now }: GatewayContext): boolean {
  return typeof expiresAt === 'string' && localTime(expiresAt, lastReading ?? {}) <= now() + CLOCK_OFF_MS;
}
