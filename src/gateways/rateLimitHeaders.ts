import { DAY_MS, SECOND_MS } from '../core/time.ts';
import type { GatewayResponse } from '../http/transport.ts';
import { isoMsOf } from './isoMs.ts';
import { serverTimeOf } from './serverTime.ts';

type Headers = GatewayResponse['headers'];

/** A limit that resets later than this is not one that guards a gateway's own endpoints. */
const LONGEST_RESET_MS = DAY_MS;
/** Numbers from here on are epoch milliseconds, and from a thousandth of it epoch seconds. */
const FIRST_EPOCH_MS = 1e12;

/** What is left of a limit, and when it resets, as a gateway sends them together. */
interface Pair {
  readonly remaining: string | null;
  readonly reset: string | null;
}

/**
 * When a limiter resets that lets nothing more through, in whole milliseconds from now, at most a day: `RateLimit` with
 * `RateLimit-Policy` (IETF draft 8 and later, and the list of draft 7), `RateLimit-Remaining` with `RateLimit-Reset` (drafts 3 to 7),
 * `X-RateLimit-Remaining` with `X-RateLimit-Reset`, and the same with `-Requests` (OpenAI). Undefined where something is
 * left, and where the headers are absent or nonsense.
 *
 * @param isRefused whether the answer is a 429: then nothing is left, even where only the time is told.
 */
export function limitResetMs(headers: Headers, now: number, isRefused: boolean): number | undefined {
  const times = pairsOf(headers)
    .filter(({ remaining }) => (remaining === null ? isRefused : /^0+(?:\.0+)?$/.test(remaining.trim())))
    .map(({ reset }) => resetMsOf(reset, serverTimeOf(headers) ?? now))
    .filter(ms => ms !== undefined && ms > 0 && ms <= LONGEST_RESET_MS);
  return times.length === 0 ? undefined : Math.ceil(Math.max(...(times as number[])));
}

function pairsOf(headers: Headers): readonly Pair[] {
  const named = [
    ['ratelimit-remaining', 'ratelimit-reset'],
    ['x-ratelimit-remaining', 'x-ratelimit-reset'],
    ['x-rate-limit-remaining', 'x-rate-limit-reset'],
    ['x-ratelimit-remaining-requests', 'x-ratelimit-reset-requests'],
  ] as const;
  return [
    ...structuredPairs(headers),
    ...named.map(([remaining, reset]) => ({ remaining: headers.get(remaining), reset: headers.get(reset) })),
  ];
}

/**
 * `"default";r=0;t=30, "day";r=9;t=3600`, or of an older draft `limit=100, remaining=0, reset=30`. Where no time is told,
 * the limit resets within the window that `RateLimit-Policy` has for it: `"default";q=100;w=60`.
 */
function structuredPairs(headers: Headers): readonly Pair[] {
  const text = withoutQuotes(headers.get('ratelimit') ?? '');
  if (/(?:^|,)\s*(?:limit|remaining|reset)\s*=/i.test(text))
    return [{ remaining: member(text, 'remaining'), reset: member(text, 'reset') }];
  const policies = withoutQuotes(headers.get('ratelimit-policy') ?? '').split(',');
  return text.split(',').map(item => {
    const policy = policies.find(each => nameOf(each) === nameOf(item)) ?? '';
    return { remaining: member(item, 'r'), reset: member(item, 't') ?? member(policy, 'w') };
  });
}

/** Quoted names may hold what separates members. */
function withoutQuotes(text: string): string {
  return text.replace(/"(?:[^"\\]|\\.)*"/g, encodeURIComponent);
}

function nameOf(item: string): string | undefined {
  return item.split(';')[0]?.trim();
}

function member(text: string, name: string): string | null {
  return new RegExp(`(?:^|[;,])\\s*${name}\\s*=\\s*(\\d+)\\s*(?:$|[;,])`, 'i').exec(text)?.[1] ?? null;
}

/** Seconds from now, epoch seconds or milliseconds, a date, or a duration as Go writes it: `1m30s`, `6ms`. */
export function resetMsOf(text: string | null, now: number): number | undefined {
  const value = text?.trim() ?? '';
  if (/^\d+(?:\.\d+)?$/.test(value)) return fromNumber(Number(value), now);
  if (/^\d{4}-\d\d-\d\dT/.test(value)) return (isoMsOf(value) ?? now) - now || undefined;
  return durationMs(value);
}

function fromNumber(number: number, now: number): number {
  if (number >= FIRST_EPOCH_MS) return number - now;
  return number >= FIRST_EPOCH_MS / 1000 ? number * SECOND_MS - now : number * SECOND_MS;
}

const UNIT_MS: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 };

function durationMs(text: string): number | undefined {
  if (!/^(?:\d+(?:\.\d+)?(?:ms|h|m|s))+$/.test(text)) return undefined;
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|h|m|s)/g)];
  return parts.reduce((sum, [, number, unit]) => sum + Number(number) * (UNIT_MS[unit ?? ''] ?? 0), 0);
}
