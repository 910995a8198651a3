import { GatewayError } from '../../../core/quota/failure.ts';
import type { KeyRecord } from '../../../core/quota/key.ts';
import type { KeyState } from '../../../core/quota/keyState.ts';
import { keysToAsk, type OfferedModels } from '../../../core/quota/modelKeys.ts';
import { HOUR_MS } from '../../../core/time.ts';
import type { Gateway } from '../../../gateways/gateway.ts';
import type { GatewayContext } from '../../../gateways/gatewayContext.ts';
import type { ModelPrices } from '../../../gateways/modelPrices.ts';
import { gatewayOf } from '../../../gateways/registry.ts';
import type { KeyRequests } from '../../../services/requests/keyRequests.ts';
import type { CommandParts } from '../commandParts.ts';

/** What gateways list for keys, by key id, and what models cost there, by base URL. */
export interface Offers {
  readonly models: ReadonlyMap<string, OfferedModels>;
  readonly prices: ReadonlyMap<string, ModelPrices>;
}

/** How many lists, and as many price pages, are asked for at once; the others stay unknown. */
const MAX_ASKED = 10;

interface Kept {
  readonly at: number;
  readonly answer: unknown;
}

/** Answers of this window, by what was asked: the next model within an hour costs no call. */
const keptAnswers = new WeakMap<KeyRequests, Map<string, Kept>>();

/**
 * Asks the gateways of `keys` what they offer: each key without a known limit of models for its list, and each gateway
 * for its prices. What fails, or has no room in the request budget, is not known.
 */
export async function askOffers(
  parts: Pick<CommandParts, 'keyRequests' | 'keyService' | 'clock'>,
  keys: readonly KeyState[],
  signal: AbortSignal,
): Promise<Offers> {
  // A paused key is left alone.
  const isLet = ({ pausedAt }: KeyRecord) => pausedAt === undefined;
  const records = (states: readonly KeyState[]) =>
    states.flatMap(({ id }) => parts.keyService.findById(id) ?? []).filter(isLet);
  const ofSites = [...Map.groupBy(records(keys), ({ baseUrl }) => baseUrl).values()].flatMap(
    ([first]) => first ?? [],
  );
  const [models, prices] = await Promise.all([
    askEach(
      parts,
      records(keysToAsk(keys)),
      'readModels',
      ({ id, fingerprint }) => [id, fingerprint],
      signal,
    ),
    askEach(parts, ofSites, 'readPrices', ({ baseUrl }) => [baseUrl], signal),
  ]);
  return { models: models as Map<string, OfferedModels>, prices: prices as Map<string, ModelPrices> };
}

async function askEach(
  { keyRequests, clock }: Pick<CommandParts, 'keyRequests' | 'clock'>,
  keys: readonly KeyRecord[],
  method: 'readModels' | 'readPrices',
  nameOf: (key: KeyRecord) => readonly [name: string, ...more: string[]],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, unknown>> {
  const kept = keptAnswers.get(keyRequests) ?? new Map<string, Kept>();
  keptAnswers.set(keyRequests, kept);
  const isFresh = (name: string) => clock.now() - (kept.get(name)?.at ?? Number.NEGATIVE_INFINITY) < HOUR_MS;
  const keptName = (key: KeyRecord) => [method, ...nameOf(key)].join(' ');
  const asked = keys.filter(({ kind }) => gatewayOf(kind)?.[method]);
  await Promise.all(
    asked
      .filter(key => !isFresh(keptName(key)))
      .slice(0, MAX_ASKED)
      .map(async key => {
        const question = async (gateway: Gateway, context: GatewayContext) => gateway[method]?.(context);
        try {
          const answer = await keyRequests.run<unknown>(key, 'quota', question, signal, { sparing: true });
          kept.set(keptName(key), { at: clock.now(), answer });
        } catch (error) {
          if (!(error instanceof GatewayError)) throw error;
        }
      }),
  );
  return new Map(
    asked.flatMap(key => {
      const answer = isFresh(keptName(key)) ? kept.get(keptName(key))?.answer : undefined;
      return answer === undefined ? [] : [[nameOf(key)[0], answer] as const];
    }),
  );
}
