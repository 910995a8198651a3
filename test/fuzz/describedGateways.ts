import * as fc from 'fast-check';
import { DESCRIPTION_MISTAKES } from '../../src/core/quota/descriptionMistake.ts';
import { type Failure, GatewayError } from '../../src/core/quota/failure.ts';
import { changedDescriptions } from '../../src/gateways/described/changedDescriptions.ts';
import { parseDescription } from '../../src/gateways/described/description.ts';
import { setDescriptions } from '../../src/gateways/described/descriptions.ts';
import { readDescribed } from '../../src/gateways/described/endpoints.ts';
import { findValue, jsonPathMistake } from '../../src/gateways/described/jsonPath.ts';
import { requestPathMistake } from '../../src/gateways/described/requestPath.ts';
import { offeredGateways } from '../../src/gateways/offeredGateways.ts';
import type { GatewayResponse } from '../../src/http/transport.ts';
import { describedFailureText } from '../../src/text/describedFailure.ts';
import { mistakeText } from '../../src/text/descriptionMistake.ts';
import { isOneOf, numbersIn } from './numbers.ts';
import { NOW } from './states.ts';
import { type Target, target } from './target.ts';
import { texts } from './texts.ts';
import { answers, askOf, enveloped, objectJson, valueJson, wire } from './wireValues.ts';

const anything = fc.oneof(
  fc.constantFrom<unknown>(null, '', 0, -1, true, [], {}, 1e308),
  texts,
  fc.anything(),
);
const jsonPaths = fc.oneof(
  fc.constantFrom(
    '$',
    '$.data.left',
    '$..left',
    '$.data[*]',
    '$.data.list[?@.id == "pro"].left',
    '$[?match(@.a, "(a+)+b")]',
    '$..*..*..*',
    '$[*,*,*][*,*,*][*,*,*]',
    '$[?@..a]',
    '$.data.list[-1:0:-1]',
    '$[0:0:0]',
  ),
  fc
    .array(
      fc.constantFrom(
        '$',
        '.',
        '..',
        '*',
        '[',
        ']',
        '?',
        '@',
        '(',
        ')',
        '"',
        "'",
        '\\',
        'a',
        '0',
        ',',
        ':',
        '&&',
        '==',
        '!',
        ' ',
      ),
      {
        maxLength: 40,
      },
    )
    .map(signs => `$${signs.join('')}`),
  texts,
);
const paths = fc.oneof(
  fc.constantFrom('/usage', '/api/user/token', '/a/%2e%2e/b', '//evil.example', '/%25%32%35'),
  fc
    .array(fc.constantFrom('/', '..', '.', '%2f', '%252e', '\\', 'user', 'token', '?', '#', '@', ':', 'a'), {
      maxLength: 20,
    })
    .map(parts => `/${parts.join('')}`),
  texts,
);
const windows = fc.array(
  fc.oneof(
    { weight: 1, arbitrary: anything },
    {
      weight: 5,
      arbitrary: fc.record(
        {
          name: fc.oneof(fc.constantFrom('5h', 'week'), texts),
          used: jsonPaths,
          limit: jsonPaths,
          remaining: jsonPaths,
          unit: fc.oneof(fc.constantFrom('money', 'tokens', 'requests', 'percent'), anything),
          divisor: fc.oneof(fc.constantFrom(1, 100), anything),
          resetsAt: jsonPaths,
        },
        { requiredKeys: [] },
      ),
    },
  ),
  { maxLength: 15 },
);
const descriptions = fc.oneof(
  { weight: 1, arbitrary: anything },
  {
    weight: 9,
    arbitrary: fc.record(
      {
        path: paths,
        address: fc.oneof(fc.constant('https://relay.example/v1'), texts),
        secretIn: fc.oneof(
          fc.constantFrom('bearer', 'header x-api-key', 'query key', 'header Host'),
          anything,
        ),
        of: fc.oneof(fc.constantFrom('key', 'account'), anything),
        remaining: jsonPaths,
        used: jsonPaths,
        total: jsonPaths,
        unlimited: jsonPaths,
        expiresAt: jsonPaths,
        unit: fc.oneof(fc.constantFrom('USD', 'tokens', 'requests', 'percent', 'custom'), anything),
        symbol: texts,
        divisor: fc.oneof(fc.constantFrom(1, 100, 0), anything),
        windows,
        callsPerHour: fc.oneof(fc.constantFrom(1, 60), anything),
        headers: anything,
      },
      { requiredKeys: ['path'] },
    ),
  },
);

const WINDOWS = [
  { name: '5h', unit: 'percent', used: '$.data.used', resetsAt: '$.data.end' },
  { name: 'day', used: '$.data.used', limit: '$.data.total', remaining: '$.data.left' },
] as const;
/** Descriptions without a mistake, whose numbers are not divided. */
const GOOD: readonly object[] = [
  { path: '/usage', remaining: '$.data.left' },
  { path: '/usage', used: '$.data.used', total: '$.data.total', expiresAt: '$.data.end' },
  { path: '/usage', remaining: '$..left', used: '$..used', total: '$..total', unlimited: '$.data.endless' },
  { path: '/usage', of: 'account', remaining: '$.data.left', used: '$.data.used', unit: 'CNY' },
  { path: '/usage', unit: 'requests', used: '$.data.used', total: '$.data.total' },
  { path: '/usage', unit: 'percent', remaining: '$.data.left' },
  { path: '/usage', windows: WINDOWS },
  { path: '/usage', remaining: '$' },
];
const usage = objectJson({
  left: wire.number,
  used: wire.number,
  total: wire.number,
  endless: wire.flag,
  end: wire.time,
});

interface Asked {
  readonly raw: unknown;
  readonly answer: GatewayResponse;
}

/** What a description makes of an answer: a reading, or a failure. */
async function readBy({ raw, answer }: Asked): Promise<unknown> {
  setDescriptions({ mine: raw });
  try {
    const context = { sendRequest: askOf([answer]), credential: 'apiKey', now: () => NOW } as const;
    const { counted: _, ...reading } = await readDescribed('mine', context);
    return reading;
  } catch (error) {
    if (error instanceof GatewayError) return error.failure;
    throw error;
  } finally {
    setDescriptions(undefined);
  }
}

const FIGURES = ['used', 'remaining', 'granted', 'balance', 'limit', 'spent'];

/** The amounts of a reading, by what they are called. */
function amountsIn(data: unknown, name = ''): number[] {
  if (typeof data === 'number') return FIGURES.includes(name) ? [data] : [];
  if (typeof data !== 'object' || data === null) return [];
  return Object.entries(data).flatMap(([member, each]) => amountsIn(each, member));
}

/** A figure that the answer does not hold, and that is no difference of two that it holds. */
function invented(output: unknown, { answer: { text = '' } }: Asked): string | undefined {
  const amounts = amountsIn(output);
  if (amounts.length === 0) return undefined;
  const held = numbersHeld(JSON.parse(text.replace(/^\uFEFF/, '')));
  const known = [...held, ...held.flatMap(a => held.map(b => a - b))];
  const strange = amounts.find(amount => !Number.isFinite(amount) || !isOneOf(amount, known));
  return strange === undefined ? undefined : `${strange} is in no answer`;
}

/** The numbers of an answer, without those that count its members. */
function numbersHeld(data: unknown): number[] {
  if (Array.isArray(data)) return data.flatMap(numbersHeld);
  if (typeof data === 'object' && data !== null) return Object.values(data).flatMap(numbersHeld);
  return numbersIn(data);
}

function describedText(failure: unknown): string | undefined {
  return describedFailureText(failure as Failure, 'mine', 'https://relay.example');
}

/** What reads gateways that the user describes, and what says what is wrong with them. */
export const describedParsers: readonly Target[] = [
  target(
    'a description',
    'parser',
    fc.tuple(texts, descriptions),
    ([name, raw]) => parseDescription(name, raw),
    parsed => {
      const { mistake } = parsed;
      if (!mistake) return undefined;
      const isKnown = DESCRIPTION_MISTAKES.includes(mistake.mistake) && mistakeText(mistake) !== '';
      return isKnown ? undefined : `the mistake ${mistake.mistake}`;
    },
  ),
  target(
    'a setting of descriptions',
    'parser',
    fc.oneof(anything, fc.dictionary(texts, descriptions)),
    setting => {
      setDescriptions(setting);
      const offered = offeredGateways().map(({ title, hosts }) => [title, hosts]);
      const changed = changedDescriptions({});
      setDescriptions(undefined);
      return [offered, changed];
    },
  ),
  target('the path of a description', 'parser', paths, path => requestPathMistake(path)),
  target(
    'a JSON path of a description',
    'parser',
    fc.tuple(jsonPaths, fc.oneof(usage, valueJson)),
    ([path, json]) => (jsonPathMistake(path) === undefined ? findValue(JSON.parse(json), path) : undefined),
  ),
  target(
    'a described gateway: anyhow',
    'parser',
    fc.record({ raw: descriptions, answer: answers(enveloped(usage)) }),
    async asked => {
      const output = await readBy(asked);
      describedText(output);
      return output;
    },
  ),
  target(
    'a described gateway: what it answers',
    'parser',
    fc.record({ raw: fc.constantFrom<unknown>(...GOOD), answer: answers(enveloped(usage)) }),
    readBy,
    invented,
  ),
];
