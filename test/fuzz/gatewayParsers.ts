import * as fc from 'fast-check';
import type { Gateway, Visit } from '../../src/gateways/gateway.ts';
import { gateways } from '../../src/gateways/registry.ts';
import { parseSite, type Site } from '../../src/gateways/site.ts';
import type { Answer } from '../../src/http/transport.ts';
import { GatewayError } from '../../src/quota/failure.ts';
import type { CredentialType } from '../../src/quota/key.ts';
import type { LogFilter } from '../../src/quota/logRow.ts';
import type { UnitOverride } from '../../src/quota/unit.ts';
import { figuresIn, isOneOf, numbersIn } from './numbers.ts';
import { type Target, target } from './target.ts';
import { answers, askOf, enveloped, listJson, objectJson, valueJson, wire } from './wireValues.ts';

const NOW = Date.UTC(2026, 5, 15, 12);
const RANGE = { from: NOW - 3 * 86_400_000, to: NOW };
const FILTER: LogFilter = { page: 1, pageSize: 50 };

/** What a gateway may say of itself, already read. */
const sites: fc.Arbitrary<Site | undefined> = fc.option(
  fc.record({
    unitsPerDollar: fc.option(fc.constantFrom(500_000, 1, 1_000_000, 0.5), { nil: undefined }),
    display: fc.constantFrom<Site['display']>('USD', 'CNY', 'TOKENS', 'CUSTOM', undefined),
    yuanPerDollar: fc.option(fc.constantFrom(7.3, 1), { nil: undefined }),
    customSymbol: fc.constantFrom('¤', undefined),
    customPerDollar: fc.option(fc.constantFrom(0.9, 100), { nil: undefined }),
    sumsHours: fc.constantFrom(true, false, undefined),
  }),
  { nil: undefined },
);

const overrides: fc.Arbitrary<UnitOverride | undefined> = fc.constantFrom<UnitOverride | undefined>(
  undefined,
  undefined,
  { unit: 'USD' },
  { unit: 'CNY' },
  { unit: 'display' },
  { unit: 'units' },
  { unitsPerDollar: 250_000 },
);

/** Every number by which a gateway's number may be divided on the way to the screen. */
const DIVISORS = [500_000, 1, 1_000_000, 0.5, 250_000].flatMap(perDollar => [
  perDollar,
  perDollar / 7.3,
  perDollar / 0.9,
  perDollar / 100,
]);
const RATES = [1, 7.3, 0.9, 100, 1 / 7.3, 1 / 0.9, 0.01];
const DIVISORS_ALL = [...DIVISORS, ...RATES.flatMap(rate => RATES.map(other => rate * other))];

interface Asked {
  readonly answers: readonly Answer[];
  readonly site: Site | undefined;
  readonly override: UnitOverride | undefined;
}

/** Leaves of plain data that are numbers. */
function numberLeaves(data: unknown, found: number[] = []): number[] {
  if (typeof data === 'number') found.push(data);
  else if (typeof data === 'object' && data !== null)
    for (const each of Object.values(data)) numberLeaves(each, found);
  return found;
}

/** What is wrong with what was read: a number that is none, or that no answer held. */
function problemOf(output: unknown, { answers: given }: Asked, sums: boolean): string | undefined {
  if (output === undefined) return undefined;
  const numbers = numberLeaves(output);
  const odd = numbers.find(each => !Number.isFinite(each) || Object.is(each, -0));
  if (odd !== undefined) return `${odd} is no figure`;
  const held = given.flatMap(({ text }) => (text === undefined ? [] : numbersOf(text)));
  // Billing counts usage in hundredths.
  const parts = [...held, ...held.map(number => number / 100)];
  const known = [...parts, ...differences(parts)];
  const strange = sums
    ? undefined
    : numbers.find(
        each =>
          !isOneOf(each, COUNTS) &&
          !DIVISORS_ALL.some(by =>
            isOneOf(
              each,
              known.map(raw => raw / by),
            ),
          ),
      );
  return strange === undefined ? undefined : `${strange} is in no answer`;
}

/** Small numbers that count rows and pages. */
const COUNTS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 50];

function numbersOf(text: string): number[] {
  try {
    return numbersIn(JSON.parse(text.replace(/^\uFEFF/, '')));
  } catch {
    return figuresIn(text.slice(0, 4000)).map(({ value }) => value);
  }
}

/** A total that is not told may be a difference of two that are. */
function differences(numbers: readonly number[]): number[] {
  return numbers.length > 40 ? [] : numbers.flatMap(a => numbers.map(b => a - b));
}

type Question = (gateway: Gateway, visit: Visit) => Promise<unknown> | undefined;

function asking(
  name: string,
  kind: string,
  credential: CredentialType,
  bodies: readonly fc.Arbitrary<string>[],
  question: Question,
  sums = false,
): Target {
  const gateway = gateways.find(each => each.kind === kind);
  if (!gateway) throw new Error(`there is no gateway ${kind}`);
  const inputs: fc.Arbitrary<Asked> = fc.record({
    answers: fc.tuple(...bodies.map(answers)),
    site: sites,
    override: overrides,
  });
  const work = async ({ answers: given, site, override }: Asked) => {
    const visit: Visit = { ask: askOf(given), credential, userId: '7', site, override, now: () => NOW };
    try {
      return await question(gateway, visit);
    } catch (error) {
      if (error instanceof GatewayError) return undefined;
      throw error;
    }
  };
  return target(name, 'parser', inputs, work, (output, input) => problemOf(output, input, sums));
}

const usage = enveloped(
  objectJson({
    name: wire.text,
    total_granted: wire.number,
    total_used: wire.number,
    total_available: wire.number,
    unlimited_quota: wire.flag,
    model_limits: wire.models,
    model_limits_enabled: wire.flag,
    expires_at: wire.time,
    range_used: wire.number,
  }),
);
const subscription = objectJson({
  hard_limit_usd: wire.number,
  soft_limit_usd: wire.number,
  system_hard_limit_usd: wire.number,
  access_until: wire.time,
});
const billed = objectJson({ total_usage: wire.number });
const user = enveloped(
  objectJson({
    username: wire.text,
    display_name: wire.text,
    quota: wire.number,
    used_quota: wire.number,
    request_count: wire.number,
  }),
);
const token = objectJson({
  id: wire.number,
  name: wire.text,
  status: wire.number,
  remain_quota: wire.number,
  used_quota: wire.number,
  unlimited_quota: wire.flag,
  expired_time: wire.time,
  model_limits_enabled: wire.flag,
  model_limits: wire.models,
});
const tokens = enveloped(
  fc.oneof(objectJson({ items: listJson(token), total: wire.number }), listJson(token)),
);
const logRow = objectJson({
  id: wire.number,
  created_at: wire.time,
  type: fc.constantFrom('1', '2', '2', '2', '6', '"2"', '9'),
  content: wire.text,
  token_name: wire.text,
  model_name: wire.text,
  quota: wire.number,
  prompt_tokens: wire.number,
  completion_tokens: wire.number,
  use_time: wire.number,
  is_stream: wire.flag,
  group: wire.text,
  ip: wire.text,
  request_id: wire.text,
});
const logRows = enveloped(
  fc.oneof(listJson(logRow), objectJson({ items: listJson(logRow), total: wire.number })),
);
const hours = enveloped(
  listJson(
    objectJson({
      created_at: wire.time,
      model_name: wire.text,
      quota: wire.number,
      count: wire.number,
      token_used: wire.number,
    }),
  ),
);
const stat = enveloped(objectJson({ quota: wire.number, rpm: wire.number, tpm: wire.number }));
const day = fc.constantFrom('2026-06-13', '2026-06-14', '2026-06-15', '2020-01-01', 'not a day', '__proto__');
const days = fc
  .array(
    fc.tuple(
      day,
      listJson(objectJson({ token_name: wire.text, quota_used: wire.number, request_count: wire.number })),
    ),
    { maxLength: 4 },
  )
  .map(list => `{${list.map(([name, rows]) => `${JSON.stringify(name)}:${rows}`).join(',')}}`);
const query = objectJson({
  username: wire.text,
  total_quota: wire.number,
  total_used_quota: wire.number,
  request_count: wire.number,
  keys: listJson(objectJson({ name: wire.text, remain_quota: wire.number, used_quota: wire.number })),
  daily_quota: days,
});
const cheapKey = objectJson({
  budget: objectJson({
    spent: wire.number,
    limit: fc.oneof(wire.number, fc.constant('null')),
    duration: wire.text,
    resets_at: wire.time,
  }),
  rate_limits: objectJson({ rpm: wire.number, tpm: wire.number }),
  plan: objectJson({ slug: wire.text, status: wire.text, expires_at: wire.time }),
  credits: objectJson({ balance: wire.number }),
  key: objectJson({ name: wire.text, type: wire.text, created_at: wire.time }),
});
const cheapAccountKey = objectJson({
  id: wire.text,
  name: wire.text,
  isActive: wire.flag,
  usage: objectJson({
    last24h: objectJson({ requests: wire.number, tokens: wire.number }),
    last7d: valueJson,
  }),
  subscription: objectJson({ expiresAt: wire.time }),
});
const plans = listJson(
  objectJson({
    slug: wire.text,
    name: wire.text,
    priceUsdc: wire.number,
    rateLimits: objectJson({ rpm_limit: wire.number, tpm_limit: wire.number }),
  }),
);
const statusPage = objectJson({
  system_name: wire.text,
  version: wire.text,
  quota_per_unit: wire.number,
  quota_display_type: fc.constantFrom('"USD"', '"CNY"', '"TOKENS"', '"CUSTOM"', '"X"', 'null'),
  display_in_currency: wire.flag,
  usd_exchange_rate: wire.number,
  custom_currency_symbol: wire.text,
  custom_currency_exchange_rate: wire.number,
  enable_data_export: wire.flag,
});

const read: Question = (gateway, visit) => gateway.read(visit);
const readUsage: Question = (gateway, visit) => gateway.readUsage?.(visit, RANGE);

/** Everything that reads what a gateway answered. */
export const gatewayParsers: readonly Target[] = [
  asking('New API: a key', 'newApi', 'apiKey', [usage], read),
  asking(
    'New API: billing',
    'newApi',
    'apiKey',
    [fc.constant('{"error":{"message":"x"}}'), subscription, billed],
    read,
  ),
  asking('New API: an account', 'newApi', 'accessToken', [user, tokens, tokens], read),
  asking('New API: a key’s log', 'newApi', 'apiKey', [logRows], readUsage, true),
  asking('New API: spend by hour', 'newApi', 'accessToken', [hours, logRows, logRows], readUsage, true),
  asking('New API: a page of the log', 'newApi', 'accessToken', [logRows, stat], (gateway, visit) =>
    gateway.readLogs?.(visit, FILTER),
  ),
  asking('CometAPI: a key', 'cometApi', 'apiKey', [usage], read),
  asking('CometAPI: the keys', 'cometApi', 'accessToken', [tokens, tokens], read),
  asking('CometAPI: the balance', 'cometApi', 'queryKey', [query], read),
  asking('CometAPI: spend by day', 'cometApi', 'queryKey', [query], readUsage, true),
  asking('AIOHub: a key', 'aioHub', 'apiKey', [usage], read),
  asking('AIOHub: a range', 'aioHub', 'apiKey', [usage], readUsage, true),
  asking('CheapestInference: a key', 'cheapestInference', 'apiKey', [cheapKey], read),
  asking(
    'CheapestInference: all keys',
    'cheapestInference',
    'managementKey',
    [enveloped(listJson(cheapAccountKey))],
    read,
  ),
  asking(
    'CheapestInference: one key',
    'cheapestInference',
    'managementKey',
    [enveloped(cheapAccountKey)],
    (gateway, visit) => gateway.readAccountKey?.(visit, 'key_1'),
  ),
  asking(
    'CheapestInference: plans',
    'cheapestInference',
    'managementKey',
    [fc.oneof(plans, enveloped(plans))],
    (gateway, visit) => gateway.readPlans?.(visit.ask),
  ),
  asking('a gateway of itself', 'newApi', 'apiKey', [enveloped(statusPage)], (gateway, visit) =>
    gateway.readSite?.(visit.ask),
  ),
  target('the units of a gateway', 'parser', statusPage, json => {
    const parsed: unknown = JSON.parse(json);
    return typeof parsed === 'object' && parsed !== null
      ? parseSite(parsed as Record<string, unknown>)
      : undefined;
  }),
];
