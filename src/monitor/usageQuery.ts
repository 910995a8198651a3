import { can } from '../gateways/gateway.ts';
import { gatewayOf } from '../gateways/registry.ts';
import { GatewayError } from '../quota/failure.ts';
import type { KeyRecord } from '../quota/key.ts';
import type { Range } from '../quota/range.ts';
import type { Unit } from '../quota/unit.ts';
import { round6 } from '../quota/unit.ts';
import type { Usage } from '../quota/usage.ts';
import type { OtherSource, UsageReport } from '../quota/usageReport.ts';
import type { Store } from '../store/store.ts';
import { failureText } from '../words/failure.ts';
import type { Questions } from './questions.ts';
import { recordedUsage } from './recordedUsage.ts';

export interface UsageQueryParts {
  readonly store: Store;
  readonly questions: Questions;
}

export interface UsageQueryOptions {
  readonly signal?: AbortSignal;
  /** Rows read of a long log, and rows in all where they are counted. */
  readonly progress?: (done: number, total: number | undefined) => void;
}

/**
 * What a key or account spent in a range: the gateway's own answer where it has one, else our recorded
 * readings. Two sources are never blended; the second one stands beside the first with its difference.
 * Throws a `GatewayError` when nothing at all can be said.
 */
export async function queryUsage(
  { store, questions }: UsageQueryParts,
  key: KeyRecord,
  range: Range,
  options: UsageQueryOptions = {},
): Promise<UsageReport> {
  const asked = await askGateway(questions, key, range, options);
  const unit = asked.usage?.unit ?? store.states.of(key.id)?.reading?.unit;
  const recorded = unit && recordedUsage(store, key.id, unit, range);
  const usage = asked.usage ?? recorded;
  if (!usage) throw asked.error ?? new GatewayError({ class: 'not-supported', reason: 'nothing-recorded' });
  return {
    ...reportOf(key, range, usage),
    others: asked.usage && recorded ? [beside(recorded, asked.usage)] : undefined,
    note: asked.error && failureText(asked.error.failure, key),
  };
}

interface Asked {
  readonly usage?: Usage;
  readonly error?: GatewayError;
}

async function askGateway(
  questions: Questions,
  key: KeyRecord,
  range: Range,
  { signal, progress }: UsageQueryOptions,
): Promise<Asked> {
  const gateway = gatewayOf(key.kind);
  const ability = (['rangeByKey', 'rangeByAccount'] as const).find(
    each => gateway && can(gateway, key.credential, each),
  );
  if (!ability) return {};
  try {
    const usage = await questions.put(
      key,
      ability,
      async (asked, visit) => asked.readUsage?.(visit, range, progress),
      signal,
    );
    return { usage };
  } catch (error) {
    if (error instanceof GatewayError) return { error };
    throw error;
  }
}

function reportOf(key: KeyRecord, range: Range, usage: Usage): UsageReport {
  const isAccount = key.credential !== 'apiKey';
  return {
    scope: isAccount ? { account: key.label } : { key: key.label },
    keyId: key.id,
    from: new Date(range.from).toISOString(),
    to: new Date(range.to).toISOString(),
    ...usage,
  };
}

function beside(other: Usage, first: Usage): OtherSource {
  const isSameUnit = sameUnit(other.unit, first.unit);
  const comparable = isSameUnit && other.total !== undefined && first.total !== undefined;
  return {
    source: other.source,
    unit: other.unit,
    total: other.total,
    coverage: other.coverage,
    difference: comparable ? round6((other.total?.used ?? 0) - (first.total?.used ?? 0)) : undefined,
  };
}

function sameUnit(a: Unit, b: Unit): boolean {
  return a.code === b.code && a.symbol === b.symbol;
}
