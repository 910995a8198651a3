import * as v from 'valibot';
import { addressOf } from '../../core/input/baseUrl.ts';
import { CREDENTIAL_TYPES } from '../../core/quota/key.ts';
import type { Served, ServedKey } from '../../core/team/servedKey.ts';
import { DAY_MS } from '../../core/time.ts';
import { lenient } from '../fields.ts';
import { MAX_ACCOUNT_KEYS } from '../parseAccountKeys.ts';
import { sanitizeText } from '../sanitizeText.ts';
import { failureOfClass, failureOfStatus } from '../servedStatus.ts';
import { normalizeTime } from '../wireTime.ts';
import { type ServerClock, servedReading, servedSpend } from './servedReading.ts';

const keySchema = v.object({
  id: v.pipe(v.string(), v.regex(/^[\w.-]{1,64}$/)),
  label: v.pipe(
    v.string(),
    v.transform(label => sanitizeText(label, 200)),
  ),
  origin: lenient(v.string()),
  baseUrl: lenient(v.string()),
  credential: lenient(v.picklist(CREDENTIAL_TYPES)),
  status: lenient(v.string()),
  failure: lenient(v.object({ class: v.string() })),
  reading: v.optional(v.unknown()),
  spend: v.optional(v.unknown()),
  checkedAt: lenient(v.string()),
  nextCheckAt: lenient(v.string()),
});

/** The readable keys of a server's answer. `answer` is the whole answer. */
export function servedKeys(
  rows: readonly unknown[],
  answer: Readonly<Record<string, unknown>>,
  clock: ServerClock,
): Served {
  const keys = new Map<string, ServedKey>();
  for (const row of rows.slice(0, MAX_ACCOUNT_KEYS)) {
    const parsed = v.safeParse(keySchema, row);
    if (parsed.success && !keys.has(parsed.output.id))
      keys.set(parsed.output.id, servedKey(parsed.output, answer, clock));
  }
  const { salt } = answer;
  return {
    keys: [...keys.values()],
    isWhole: keys.size === rows.length,
    ...(typeof salt === 'string' && { salt }),
  };
}

function servedKey(
  wire: v.InferOutput<typeof keySchema>,
  answer: Readonly<Record<string, unknown>>,
  clock: ServerClock,
): ServedKey {
  const { id, label, credential, status, checkedAt, nextCheckAt } = wire;
  const reading = servedReading(wire.reading, gatewayAddress(wire.baseUrl ?? wire.origin), clock);
  const failure = failureOfClass(wire.failure?.class) ?? failureOfStatus(status, reading);
  const checked = checkedAt === undefined ? undefined : normalizeTime(checkedAt);
  const next = nextCheckAt === undefined ? undefined : normalizeTime(nextCheckAt);
  // A day at most, as for any key: with a longer interval a figure would never count as stale.
  const everyMs = checked && next ? Date.parse(next) - Date.parse(checked) : undefined;
  const spend = reading && servedSpend(wire.spend, answer, reading);
  return {
    ...{ id, label, credential, reading, failure, spend },
    ...(checked && { checkedAt: Date.parse(clock.ourTime(checked)) }),
    ...(everyMs !== undefined && everyMs > 0 && { everyMs: Math.min(everyMs, DAY_MS) }),
  };
}

/** Host, port and path of the gateway that the server asks, to be shown; nothing is ever sent there. */
function gatewayAddress(url: string | undefined): string | undefined {
  if (url === undefined || !URL.canParse(url)) return undefined;
  const { protocol, origin, pathname } = new URL(url);
  if (protocol !== 'https:' && protocol !== 'http:') return undefined;
  return sanitizeText(addressOf(`${origin}${pathname.replace(/\/+$/, '')}`), 200);
}
