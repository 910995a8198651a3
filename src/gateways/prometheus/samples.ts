import * as v from 'valibot';
import { missingFiguresError } from '../envelope.ts';
import { parseNumber } from '../fields.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import { errorMapperFor } from '../knownRefusals.ts';
import { requestJson } from '../requestJson.ts';
import { SINGLE_LIMITER } from '../singleCall.ts';

/** One value of an instant query. */
export interface Sample {
  readonly metric: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Infinity where Prometheus says `+Inf`. */
  readonly value: number;
}

const answerSchema = v.object({
  data: v.object({ result: v.array(v.unknown()) }),
  warnings: v.fallback(v.array(v.unknown()), []),
});
const sampleSchema = v.object({
  metric: v.record(v.string(), v.string()),
  value: v.tuple([v.unknown(), v.string()]),
});

// Proxies in front of a Prometheus refuse in words of their own, which say nothing about a key.
const mapError = errorMapperFor([]);

/**
 * Asks an instant query. Values that cannot be read are left out, and counted; so is each warning, by which what answers
 * for several stores says that one of them did not.
 */
export async function querySamples(
  context: GatewayContext,
  query: string,
): Promise<{ readonly samples: readonly Sample[]; readonly unreadable: number }> {
  const request = {
    path: '/api/v1/query',
    query: { query },
    secretIn: 'login',
    limiter: SINGLE_LIMITER,
  } as const;
  const json = await requestJson(context, request, mapError);
  const parsed = v.safeParse(answerSchema, json);
  if (!parsed.success) throw missingFiguresError(json, 200);
  const { data, warnings } = parsed.output;
  const samples = data.result.flatMap(sampleOf);
  return { samples, unreadable: data.result.length - samples.length + warnings.length };
}

function sampleOf(wire: unknown): Sample[] {
  const parsed = v.safeParse(sampleSchema, wire);
  if (!parsed.success) return [];
  const { __name__: metric = '', ...labels } = parsed.output.metric;
  const [, text] = parsed.output.value;
  const value = text === '+Inf' ? Number.POSITIVE_INFINITY : parseValue(text);
  return value === undefined ? [] : [{ metric, labels, value }];
}

/** Prometheus writes large and small numbers with an exponent. */
function parseValue(text: string): number | undefined {
  return /^[+-]?\d+(?:\.\d+)?(?:e[+-]?\d{1,2})?$/i.test(text) ? parseNumber(Number(text)) : undefined;
}
