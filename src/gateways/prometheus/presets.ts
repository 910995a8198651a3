import type { QuotaWindow } from '../../core/quota/quotaWindow.ts';
import type { AccountKey } from '../../core/quota/reading.ts';
import { round6, type UnitCode } from '../../core/quota/unit.ts';
import { MAX_PERCENT } from '../percentWindow.ts';
import { sanitizeText } from '../sanitizeText.ts';
import { normalizeTime, parseSeconds } from '../wireTime.ts';
import type { Sample } from './samples.ts';

/** A key as the samples of one exporter tell of it. */
export interface SampledKey extends Omit<AccountKey, 'takenAt' | 'unit'> {
  /** Absent where no figure has a unit. */
  readonly unit?: UnitCode;
  /** When its figures were taken, epoch seconds; absent where the exporter does not say. */
  readonly takenAt?: number;
  /** Whether its gateway refuses its secret, which no list of an account tells. */
  readonly isRefused?: boolean;
  /** What it is called where two have one name. */
  readonly servedId: string;
}

const OWN = /^key_quota_(remaining|limit|usage)_(usd|cny|tokens|units)$/;
const MAX_NAME = 60;
/** The form of a Key Quota server's key ids: nothing else goes into the ids of records. */
const ID = /^[\w.-]{1,64}$/;

/** The metrics that are asked for, as Prometheus' regular expressions. */
export const METRICS = [
  'key_quota_(remaining|limit|usage)_(usd|cny|tokens|units)',
  'key_quota_(unlimited|status|key_info|(reading|expiry)_timestamp_seconds)',
  'litellm_(remaining_api_key_budget|api_key_max_budget)_metric',
  'onwatch_quota_(utilization_percent|reset_timestamp_seconds)',
].join('|');

/** The labels that tell keys and plans of all exporters apart. */
export const IDENTITY = 'key_id,hashed_api_key,api_key_alias,provider,quota_type,account_id';

/** Those among them whose exporters do not say when they asked. */
export const WITHOUT_TIME = 'litellm_remaining_api_key_budget_metric|onwatch_quota_utilization_percent';

/** The keys of a server of ours, by the metrics of `key-quota serve`. */
export function ownKeys(samples: readonly Sample[]): readonly SampledKey[] {
  const ours = samples.filter(
    ({ metric, labels }) => metric.startsWith('key_quota_') && ID.test(labels.key_id ?? ''),
  );
  return [...Map.groupBy(ours, ({ labels }) => labels.key_id ?? '').entries()].map(([id, of]) =>
    ownKey(id, newestOf(of)),
  );
}

const READ_AT = 'key_quota_reading_timestamp_seconds';
/** Labels that only some metrics of a key have; series with the same other labels belong together. */
const OF_SOME = new Set(['status', 'expires', 'kind', 'credential']);

/** Where several servers tell of one key, or it had another name, the series whose figures are the newest. */
function newestOf(of: readonly Sample[]): readonly Sample[] {
  const sourceOf = ({ labels }: Sample) =>
    JSON.stringify(Object.entries(labels).filter(([name]) => !OF_SOME.has(name)));
  let newest: Sample | undefined;
  for (const each of of)
    if (each.metric === READ_AT && !(newest && newest.value >= each.value)) newest = each;
  const source = newest && sourceOf(newest);
  return source === undefined ? of : of.filter(each => sourceOf(each) === source);
}

function ownKey(id: string, of: readonly Sample[]): SampledKey {
  const value = (metric: string) => of.find(each => each.metric === metric)?.value;
  const takenAt = parseSeconds(value(READ_AT));
  // Figures of a time that nobody knows are no figures.
  const { remaining, limit, usage, unit } = takenAt === undefined ? NO_AMOUNTS : amountsOf(of);
  const status = of.find(each => each.metric === 'key_quota_status' && each.value === 1)?.labels.status;
  const expires = of.find(({ labels }) => labels.expires !== undefined)?.labels.expires;
  const expiry = value('key_quota_expiry_timestamp_seconds');
  const end = expiry === undefined ? undefined : normalizeTime(expiry);
  const used =
    usage ?? (limit !== undefined && remaining !== undefined ? round6(limit - remaining) : undefined);
  return {
    id,
    servedId: id,
    name: sanitizeText(of.find(({ labels }) => labels.key_name)?.labels.key_name ?? id, MAX_NAME) || id,
    ...(unit && { unit }),
    ...(value('key_quota_unlimited') === 1 && { unlimited: true }),
    ...(remaining !== undefined && { remaining }),
    ...(used !== undefined && { used }),
    ...(typeof end === 'string' ? { expiresAt: end } : expires === 'never' && { expiresAt: null }),
    ...(isUnusable(status) && { status }),
    ...(status === 'invalid' && { isRefused: true }),
    ...(takenAt !== undefined && { takenAt }),
  };
}

interface Amounts {
  remaining?: number;
  limit?: number;
  usage?: number;
  unit?: UnitCode;
}

const NO_AMOUNTS: Amounts = {};

/** Amounts in one unit: a key that tells several has none that leads. */
function amountsOf(of: readonly Sample[]): Amounts {
  const found: Amounts = {};
  const units = new Set<string>();
  for (const { metric, value } of of) {
    const [, name, unit] = OWN.exec(metric) ?? [];
    if (
      name === undefined ||
      unit === undefined ||
      !(value >= 0 || name === 'remaining') ||
      !Number.isFinite(value)
    )
      continue;
    units.add(unit);
    found[name as 'remaining' | 'limit' | 'usage'] = round6(value);
  }
  const [unit] = units;
  if (units.size !== 1 || unit === undefined) return {};
  return { ...found, unit: unit.toUpperCase() as UnitCode };
}

function isUnusable(status: string | undefined): status is 'disabled' | 'expired' | 'exhausted' {
  return status === 'disabled' || status === 'expired' || status === 'exhausted';
}

/**
 * Keys with a budget at LiteLLM, in dollars. +Inf is no budget. A key without an alias is not named by its digest. Each process
 * tells what was left after its own last call, so that the least is the newest.
 */
export function liteLlmKeys(samples: readonly Sample[]): readonly SampledKey[] {
  const most = new Map<string | undefined, number>();
  for (const { metric, labels, value } of samples)
    if (metric === 'litellm_api_key_max_budget_metric')
      most.set(labels.hashed_api_key ?? labels.api_key_alias, value);
  const least = new Map<string, Sample>();
  for (const each of samples) {
    if (each.metric !== 'litellm_remaining_api_key_budget_metric') continue;
    const id = `litellm ${each.labels.hashed_api_key ?? each.labels.api_key_alias ?? ''}`.slice(0, 100);
    const before = least.get(id);
    if (!before || each.value < before.value) least.set(id, each);
  }
  return [...least].map(([servedId, { labels, value }]): SampledKey => {
    const name = sanitizeText(labels.api_key_alias ?? '', MAX_NAME) || 'LiteLLM';
    if (value === Number.POSITIVE_INFINITY) return { servedId, name, unlimited: true, unit: 'USD' };
    const limit = most.get(labels.hashed_api_key ?? labels.api_key_alias);
    const used = limit !== undefined && Number.isFinite(limit) ? round6(limit - value) : undefined;
    return {
      ...{ servedId, name, unit: 'USD', remaining: value },
      ...(used !== undefined && used >= 0 && { used }),
    };
  });
}

/** What onWatch tells of plans, in per cent. */
export function onWatchWindows(samples: readonly Sample[]): readonly QuotaWindow[] {
  const idOf = ({ provider, quota_type, account_id }: Sample['labels']) =>
    `${provider}/${quota_type}/${account_id}`;
  const resets = new Map<string, number>();
  for (const { metric, labels, value } of samples)
    if (metric === 'onwatch_quota_reset_timestamp_seconds') resets.set(idOf(labels), value);
  return samples.flatMap(({ metric, labels, value }): QuotaWindow[] => {
    if (metric !== 'onwatch_quota_utilization_percent' || !(value >= 0 && value <= MAX_PERCENT)) return [];
    const reset = normalizeTime(resets.get(idOf(labels)));
    return [
      {
        name: sanitizeText(labels.quota_type ?? '', 30) || 'total',
        scope: 'plan',
        scopeName: sanitizeText(labels.provider ?? '', 30) || 'onWatch',
        used: value,
        unit: 'percent',
        ...(typeof reset === 'string' && { resetsAt: reset }),
      },
    ];
  });
}
