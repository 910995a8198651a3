import * as fc from 'fast-check';
import { GatewayError } from '../../src/core/quota/failure.ts';
import type { CredentialType } from '../../src/core/quota/key.ts';
import type { UnitOverride } from '../../src/core/quota/unit.ts';
import type { LogFilter } from '../../src/core/usage/logRow.ts';
import { requestCompletion } from '../../src/gateways/completion.ts';
import { hasAbility } from '../../src/gateways/credentialSpec.ts';
import type { Gateway } from '../../src/gateways/gateway.ts';
import type { GatewayContext } from '../../src/gateways/gatewayContext.ts';
import { gateways } from '../../src/gateways/registry.ts';
import { parseSite, type Site } from '../../src/gateways/site.ts';
import { listModels, sendTestCall } from '../../src/gateways/testCall.ts';
import type { GatewayResponse } from '../../src/http/transport.ts';
import * as body from './gatewayBodies.ts';
import { SIMPLE_FUZZES } from './simple/simpleFuzzes.ts';
import { type Target, target } from './target.ts';
import { overrides, sites, strangeFigure } from './wireFigures.ts';
import { answers, askOf, enveloped, listJson, objectJson, wire } from './wireValues.ts';

const NOW = Date.UTC(2026, 5, 15, 12);
const RANGE = { from: NOW - 3 * 86_400_000, to: NOW };
const DAYS = { from: '2026-06-12', to: '2026-06-15' };
const FILTER: LogFilter = { page: 1, pageSize: 50 };

interface Asked {
  readonly answers: readonly GatewayResponse[];
  readonly site: Site | undefined;
  readonly override: UnitOverride | undefined;
}

/** The questions of a gateway, by the names of its members. */
const QUESTIONS = {
  read: async (gateway: Gateway, context: GatewayContext) => {
    // How it was counted is for our own records, and has the scale that nobody sees.
    const { counted: _, ...shown } = await gateway.readQuota(context);
    return shown;
  },
  readUsage: (gateway: Gateway, context: GatewayContext) => gateway.readUsage?.(context, RANGE),
  readLogs: (gateway: Gateway, context: GatewayContext) => gateway.readLogs?.(context, FILTER),
  readAccountKey: (gateway: Gateway, context: GatewayContext) => gateway.readAccountKey?.(context, 'key_1'),
  readListedSecrets: (gateway: Gateway, context: GatewayContext) => gateway.readListedSecrets?.(context),
  readSecrets: async (gateway: Gateway, context: GatewayContext) => {
    const told: string[] = [];
    await gateway.readSecrets?.(context, ['1', '2'], (id, secret) => {
      if (!/^sk-[\w-]{16,200}$/.test(secret) || !['1', '2'].includes(id)) throw new Error(`no secret: ${id}`);
      told.push(id);
    });
    return told;
  },
  readPlans: (gateway: Gateway, context: GatewayContext) => gateway.readPlans?.(context.sendRequest),
  readModels: async (gateway: Gateway, context: GatewayContext) => {
    const offered = await gateway.readModels?.(context);
    return offered && { ...offered, models: [...offered.models] };
  },
  readPrices: async (gateway: Gateway, context: GatewayContext) => {
    const prices = await gateway.readPrices?.(context);
    return prices && { ...prices, byModel: [...prices.byModel] };
  },
  readSite: (gateway: Gateway, context: GatewayContext) => gateway.readSite?.(context.sendRequest),
  verification: verify,
  completion: async (_gateway: Gateway, context: GatewayContext) => [
    await requestCompletion(context, 'gpt-4.1', false),
    await requestCompletion(context, 'gpt-4.1', true),
  ],
  testCall: async (gateway: Gateway, context: GatewayContext) => [
    await sendTestCall(gateway, context, 'gpt-4.1'),
    await sendTestCall(gateway, context, 'claude-haiku'),
    await listModels(gateway, context),
  ],
} as const;
export type QuestionName = keyof typeof QUESTIONS;

/** Puts a question to a kind of gateway that answers so. Throws what the question throws. */
export async function put(
  {
    kind,
    credential,
    baseUrl,
    question,
  }: Pick<GatewayTarget, 'kind' | 'credential' | 'baseUrl' | 'question'>,
  given: readonly GatewayResponse[],
  site?: Site,
): Promise<unknown> {
  const context: GatewayContext = {
    sendRequest: askOf(given),
    credential,
    baseUrl,
    userId: '7',
    site,
    now: () => NOW,
  };
  return QUESTIONS[question](kindOf(kind), context);
}

function kindOf(kind: string): Gateway {
  const gateway = gateways.find(each => each.kind === kind);
  if (!gateway) throw new Error(`there is no gateway ${kind}`);
  return gateway;
}

/** A target that puts one question to one kind of gateway with one type of credential. */
export interface GatewayTarget {
  readonly kind: string;
  readonly credential: CredentialType;
  /** Where the gateway stands, for a kind that reads an answer by its host. */
  readonly baseUrl?: string | undefined;
  readonly question: QuestionName;
  /** What good answers to it hold, call by call. */
  readonly bodies: readonly fc.Arbitrary<string>[];
  readonly target: Target;
}

/** Every step of the smoke test; one that fails does not keep the others from being tried. */
async function verify(gateway: Gateway, context: GatewayContext): Promise<unknown> {
  const found: unknown[] = [];
  for (const step of (await gateway.verification?.()) ?? [])
    found.push(await refusing(() => step.run(context, DAYS)));
  return found;
}

async function refusing(work: () => Promise<unknown> | undefined): Promise<unknown> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof GatewayError) return undefined;
    throw error;
  }
}

function asking(
  name: string,
  kind: string,
  credential: CredentialType,
  question: QuestionName,
  bodies: readonly fc.Arbitrary<string>[],
  {
    baseUrl,
    works = question === 'readUsage',
  }: Pick<GatewayTarget, 'baseUrl'> & { works?: boolean | undefined } = {},
): GatewayTarget {
  const gateway = kindOf(kind);
  const inputs: fc.Arbitrary<Asked> = fc.record({
    answers: fc.tuple(...bodies.map(answers)),
    site: sites,
    override: overrides,
  });
  const work = ({ answers: given, site, override: unitOverride }: Asked) => {
    const context: GatewayContext = {
      sendRequest: askOf(given),
      credential,
      baseUrl,
      userId: '7',
      site,
      unitOverride,
      now: () => NOW,
    };
    return refusing(() => QUESTIONS[question](gateway, context));
  };
  const problem = (output: unknown, { answers: given }: Asked) => strangeFigure(output, given, works);
  return {
    kind,
    credential,
    baseUrl,
    question,
    bodies,
    target: target(name, 'parser', inputs, work, problem),
  };
}

const noToken = fc.constant('{"error":{"message":"x"}}');
const { usage, tokens, user, hours, logRows, stat, query, plans } = body;
const listedText = fc.oneof(
  fc.constantFrom('"sk-abcdefgh12345678"', '"abcd**********wxyz"', '"‮sk-abcdefgh12345678"'),
  fc.string().map(text => JSON.stringify(text)),
  wire.number,
);
const toldSecrets = enveloped(
  fc.oneof(
    objectJson({ keys: objectJson({ 1: listedText, 2: listedText, 3: listedText }) }),
    objectJson({ key: listedText }),
  ),
);
const site = enveloped(body.statusPage);
const cheapKeys = enveloped(listJson(body.cheapAccountKey));

/** Everything that asks a gateway. */
export const gatewayTargets: readonly GatewayTarget[] = [
  ...gateways
    .filter(gateway => hasAbility(gateway, 'apiKey', 'testCall'))
    .map(({ kind, title }) =>
      asking(`${title}: a test call`, kind, 'apiKey', 'testCall', [
        body.completion,
        body.completion,
        body.models,
      ]),
    ),
  asking('New API: a list with secrets', 'newApi', 'accessToken', 'readListedSecrets', [tokens, tokens]),
  asking('New API: whole secrets', 'newApi', 'accessToken', 'readSecrets', [toldSecrets, toldSecrets]),
  asking('New API: a key', 'newApi', 'apiKey', 'read', [usage]),
  asking('New API: billing', 'newApi', 'apiKey', 'read', [noToken, body.subscription, body.billed]),
  asking('New API: a key’s log', 'newApi', 'apiKey', 'readUsage', [logRows]),
  asking('New API: of itself', 'newApi', 'apiKey', 'readSite', [site]),
  asking('New API: what it lists', 'newApi', 'apiKey', 'readModels', [body.models]),
  asking('New API: what it costs', 'newApi', 'apiKey', 'readPrices', [body.pricing], { works: true }),
  asking('New API: an account', 'newApi', 'accessToken', 'read', [user, tokens, tokens]),
  asking('New API: spend by hour', 'newApi', 'accessToken', 'readUsage', [hours, logRows, logRows]),
  asking('New API: a page of the log', 'newApi', 'accessToken', 'readLogs', [logRows, stat]),
  asking('New API: the smoke test', 'newApi', 'accessToken', 'verification', [user, tokens, hours, hours]),
  asking('CometAPI: a list with secrets', 'cometApi', 'accessToken', 'readListedSecrets', [tokens, tokens]),
  asking('CometAPI: whole secrets', 'cometApi', 'accessToken', 'readSecrets', [toldSecrets, toldSecrets]),
  asking('CometAPI: a key', 'cometApi', 'apiKey', 'read', [usage]),
  asking('CometAPI: a key’s log', 'cometApi', 'apiKey', 'readUsage', [logRows]),
  asking('CometAPI: completions', 'cometApi', 'apiKey', 'completion', [body.completion, body.stream]),
  asking('CometAPI: of itself', 'cometApi', 'apiKey', 'readSite', [site]),
  asking('CometAPI: the keys', 'cometApi', 'accessToken', 'read', [tokens, tokens]),
  asking('CometAPI: the balance', 'cometApi', 'queryKey', 'read', [query]),
  asking('CometAPI: spend by day', 'cometApi', 'queryKey', 'readUsage', [query]),
  asking('CometAPI: the smoke test', 'cometApi', 'queryKey', 'verification', [query, query, query, query]),
  asking('AIOHub: a list with secrets', 'aioHub', 'accessToken', 'readListedSecrets', [tokens, tokens]),
  asking('AIOHub: whole secrets', 'aioHub', 'accessToken', 'readSecrets', [toldSecrets, toldSecrets]),
  asking('AIOHub: a key', 'aioHub', 'apiKey', 'read', [usage]),
  asking('AIOHub: a range', 'aioHub', 'apiKey', 'readUsage', [usage]),
  asking('AIOHub: of itself', 'aioHub', 'apiKey', 'readSite', [site]),
  asking('AIOHub: an account', 'aioHub', 'accessToken', 'read', [user, tokens, tokens]),
  asking('AIOHub: spend by hour', 'aioHub', 'accessToken', 'readUsage', [hours, logRows, logRows]),
  asking('AIOHub: a page of the log', 'aioHub', 'accessToken', 'readLogs', [logRows, stat]),
  asking('AIOHub: the smoke test', 'aioHub', 'accessToken', 'verification', [user, tokens, hours, hours]),
  asking('CheapestInference: a key', 'cheapestInference', 'apiKey', 'read', [body.cheapKey]),
  asking('CheapestInference: all keys', 'cheapestInference', 'managementKey', 'read', [cheapKeys]),
  asking('CheapestInference: one key', 'cheapestInference', 'managementKey', 'readAccountKey', [
    enveloped(body.cheapAccountKey),
  ]),
  asking('OpenRouter: a key', 'openRouter', 'apiKey', 'read', [body.routerKey]),
  asking('OpenRouter: an account', 'openRouter', 'managementKey', 'read', [
    body.routerKeys,
    body.routerCredits,
  ]),
  asking('OpenRouter: one key', 'openRouter', 'managementKey', 'readAccountKey', [body.routerOneKey]),
  asking('OpenRouter: a range', 'openRouter', 'managementKey', 'readUsage', [
    body.routerAnalytics,
    body.routerActivity,
  ]),
  asking('LiteLLM: a key', 'liteLlm', 'apiKey', 'read', [
    body.liteKey,
    body.liteOwner,
    body.liteOwner,
    body.liteModels,
  ]),
  asking('LiteLLM: a range', 'liteLlm', 'apiKey', 'readUsage', [body.liteKey, body.liteActivity]),
  asking('Sub2API: a key', 'sub2Api', 'apiKey', 'read', [body.subKey]),
  asking('Sub2API: a range', 'sub2Api', 'apiKey', 'readUsage', [body.subRange]),
  asking('Sub2API: of itself', 'sub2Api', 'apiKey', 'readSite', [body.subSettings]),
  asking('CheapestInference: plans', 'cheapestInference', 'apiKey', 'readPlans', [
    fc.oneof(plans, enveloped(plans)),
  ]),
  ...SIMPLE_FUZZES.flatMap(
    ({
      kind,
      title,
      credential = 'apiKey' as const,
      before = [],
      body: answer,
      baseUrls = [undefined],
      works,
      ...more
    }) =>
      baseUrls.flatMap(baseUrl => {
        const name = `${title}: a key${baseUrl ? ` at ${baseUrl}` : ''}`;
        const read = asking(name, kind, credential, 'read', [...before, answer], { baseUrl, works });
        const range = more.tellsRange === true ? answer : more.tellsRange;
        return range
          ? [read, asking(`${title}: a range`, kind, credential, 'readUsage', [range, range])]
          : [read];
      }),
  ),
];

/** Everything that reads what a gateway answered. */
export const gatewayParsers: readonly Target[] = [
  ...gatewayTargets.map(each => each.target),
  target('the units of a gateway', 'parser', body.statusPage, json => {
    const parsed: unknown = JSON.parse(json);
    return typeof parsed === 'object' && parsed !== null
      ? parseSite(parsed as Record<string, unknown>)
      : undefined;
  }),
];
