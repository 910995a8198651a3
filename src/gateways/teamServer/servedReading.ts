import * as v from 'valibot';
import { dayOf, startOfDay } from '../../core/ledger/localDays.ts';
import { MIN_AHEAD_MS } from '../../core/quota/aheadOfGateway.ts';
import { budgetOfWindows } from '../../core/quota/budgetOfWindows.ts';
import type { SpendInUnit } from '../../core/quota/keyState.ts';
import { type QuotaWindow, WINDOW_SCOPES, WINDOW_UNITS } from '../../core/quota/quotaWindow.ts';
import type { Reading, UnreadablePart } from '../../core/quota/reading.ts';
import { UNIT_CODES, unitId } from '../../core/quota/unit.ts';
import { DAY_MS } from '../../core/time.ts';
import { lenient, wireCount, wireNumber, wireSpent } from '../fields.ts';
import { MAX_WINDOWS } from '../maxWindows.ts';
import { normalizeModelNames } from '../modelNames.ts';
import { sanitizeText } from '../sanitizeText.ts';
import { normalizeTime } from '../wireTime.ts';

const MAX_NAME = 200;
const SHOWN_DAYS = 14;
/** Ten years: no two clocks differ by more, so a larger difference is none. */
const MAX_APART_MS = 3650 * DAY_MS;

const name = lenient(
  v.pipe(
    v.string(),
    v.transform(text => sanitizeText(text, MAX_NAME)),
  ),
);
const timeText = v.pipe(
  v.unknown(),
  v.transform(wire => normalizeTime(wire) ?? undefined),
  v.string(),
);
const time = lenient(timeText);

const windowSchema = v.object({
  name: v.pipe(
    v.string(),
    v.transform(text => sanitizeText(text, MAX_NAME)),
  ),
  scope: v.optional(v.picklist(WINDOW_SCOPES)),
  scopeName: name,
  used: lenient(wireSpent),
  limit: v.fallback(v.optional(v.nullable(wireCount)), undefined),
  remaining: lenient(wireNumber),
  unit: v.picklist(WINDOW_UNITS),
  resetsAt: time,
  every: name,
});
const wireAhead = lenient(
  v.pipe(
    wireNumber,
    v.check(ms => Math.abs(ms) <= MAX_APART_MS),
  ),
);
const readingSchema = v.object({
  takenAt: v.string(),
  unit: v.object({
    code: v.picklist(UNIT_CODES),
    symbol: lenient(v.string()),
    source: v.optional(v.unknown()),
  }),
  isAccountPossible: lenient(v.literal(true)),
  quota: lenient(
    v.object({
      unlimited: v.boolean(),
      granted: lenient(wireNumber),
      used: lenient(wireSpent),
      remaining: lenient(wireNumber),
    }),
  ),
  account: lenient(
    v.object({
      balance: lenient(wireNumber),
      used: lenient(wireSpent),
      name,
      usable: lenient(v.literal(false)),
    }),
  ),
  budget: lenient(
    v.object({
      spent: lenient(wireSpent),
      limit: v.nullable(wireNumber),
      resetsAt: time,
      every: name,
    }),
  ),
  windows: lenient(v.array(v.unknown())),
  unreadable: v.fallback(v.array(v.string()), []),
  plan: lenient(v.object({ name, status: name, expiresAt: time })),
  clockAheadMs: wireAhead,
  clockDriftMs: wireAhead,
  expiresAt: v.optional(v.unknown()),
  models: v.optional(v.unknown()),
});

type WireReading = v.InferOutput<typeof readingSchema>;

/** How the clock of this computer stands to the server's, and to that of its readings. */
export interface ServerClock {
  /** How far this computer's is ahead, in milliseconds. */
  readonly aheadMs: number;
  /** A time of the server's by this computer's clock, ISO 8601; never ahead of now. */
  readonly ourTime: (time: string) => string;
}

/** A reading as a server of a team tells it; undefined where it cannot be dated, or its unit is not known. */
export function servedReading(
  wire: unknown,
  gatewayName: string | undefined,
  { aheadMs, ourTime }: ServerClock,
): Reading | undefined {
  const parsed = v.safeParse(readingSchema, wire);
  if (!parsed.success) return undefined;
  const { unit, quota, account, isAccountPossible, plan, models, expiresAt, takenAt } = parsed.output;
  const { clockAheadMs, clockDriftMs } = parsed.output;
  const at = normalizeTime(takenAt);
  if (!at) return undefined;
  // Ends are told by the clock of the gateway.
  const ahead = aheadMs + (clockAheadMs ?? clockDriftMs ?? 0);
  const isDrift = clockDriftMs !== undefined && Math.abs(ahead) < MIN_AHEAD_MS;
  const symbol = unit.symbol === undefined ? undefined : sanitizeText(unit.symbol, 8);
  const end = normalizeTime(expiresAt ?? undefined);
  return {
    takenAt: ourTime(at),
    ...(ahead !== 0 && (isDrift ? { clockDriftMs: ahead } : { clockAheadMs: ahead })),
    // A unit that the server assumes is assumed here too.
    unit: {
      code: unit.code,
      ...(symbol && { symbol }),
      source: unit.source === 'default' ? 'default' : 'gateway',
    },
    ...(gatewayName && { gatewayName }),
    ...(quota && { quota: quota.unlimited ? { unlimited: true, used: quota.used } : quota }),
    ...(account && { account }),
    ...(isAccountPossible && { isAccountPossible }),
    ...limitsIn(parsed.output),
    ...(expiresAt === null ? { expiresAt: null } : end && { expiresAt: end }),
    ...(models === null ? { models: null } : normalizeModelNames(models)),
    ...(plan && { plan }),
  };
}

/**
 * The windows, or the budget where there are none, and what is unreadable: here (a newer server's window, for example)
 * or at the server.
 */
function limitsIn({
  budget,
  windows: wire = [],
  unreadable: told,
}: WireReading): Pick<Reading, 'windows' | 'budget' | 'unreadable'> {
  const kept = wire.slice(0, MAX_WINDOWS);
  const windows = kept.flatMap((each): readonly QuotaWindow[] => {
    const parsed = v.safeParse(windowSchema, each);
    return parsed.success ? [parsed.output] : [];
  });
  const parts = [
    ...told.map(part => sanitizeText(part, 60)),
    ...(windows.length < kept.length ? ['budget'] : []),
  ];
  return {
    ...(windows.length > 0 ? { windows, budget: budgetOfWindows(windows) } : budget && { budget }),
    ...(parts.length > 0 && { unreadable: parts.slice(0, MAX_WINDOWS) as UnreadablePart[] }),
  };
}

const spendSchema = v.object({
  today: wireSpent,
  week: wireSpent,
  calendarWeek: wireSpent,
  month: wireSpent,
  monthFrom: time,
  since: timeText,
  until: time,
  undividedAt: lenient(v.array(timeText)),
  complete: v.boolean(),
  days: v.array(wireSpent),
});
const daySchema = v.object({ today: v.string(), monthBegins: v.number() });

/**
 * What a server tells that a key spent; undefined where its days are not those of this computer: `today` of its answer is
 * when its day began.
 */
export function servedSpend(
  wire: unknown,
  answer: unknown,
  { unit }: Pick<Reading, 'unit'>,
): SpendInUnit | undefined {
  const [spend, days] = [v.safeParse(spendSchema, wire), v.safeParse(daySchema, answer)];
  if (!spend.success || !days.success) return undefined;
  const began = Date.parse(days.output.today);
  if (Number.isNaN(began) || startOfDay(dayOf(began)) !== began) return undefined;
  const { monthBegins } = days.output;
  return {
    unitId: unitId(unit),
    day: dayOf(began),
    monthBegins,
    spend: { ...spend.output, days: spend.output.days.slice(-SHOWN_DAYS) },
  };
}
