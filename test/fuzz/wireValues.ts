import * as fc from 'fast-check';
import type { SendRequest } from '../../src/http/boundClient.ts';
import type { GatewayResponse } from '../../src/http/transport.ts';
import { longTexts, texts } from './texts.ts';

/** Numbers as gateways send them, and as they should not. As JSON, because not all of them survive being numbers. */
const numberJson: fc.Arbitrary<string> = fc.oneof(
  fc.integer({ min: -1000, max: 1_000_000 }).map(String),
  fc.maxSafeInteger().map(String),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc.double({ min: -1e6, max: 1e6, noNaN: true }).map(number => number.toFixed(4)),
  fc.integer({ min: 0, max: 4_102_444_800 }).map(String),
  fc.constantFrom('-0', '1e400', '-1e400', '1.5e5', '5E+4', '9007199254740993', '9223372036854775807', '-1'),
  fc.constantFrom('100000000', '999999999', '1e-7', '5e-324', '0', '0.0'),
);

const stringJson: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: texts.map(text => JSON.stringify(text)) },
  { weight: 1, arbitrary: longTexts.map(text => JSON.stringify(text)) },
  { weight: 3, arbitrary: numberJson.map(number => JSON.stringify(number)) },
  { weight: 2, arbitrary: fc.date({ noInvalidDate: true }).map(date => JSON.stringify(date.toISOString())) },
);

const otherJson: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom('null', 'true', 'false', '[]', '{}', '[null]', '{"":true}', '{"__proto__":{"x":1}}', '""'),
  fc.json(),
);

/** Any value as JSON. */
export const valueJson: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: numberJson },
  { weight: 4, arbitrary: stringJson },
  { weight: 2, arbitrary: otherJson },
);

/** An object with most of these members, of whatever type, some of them of the right one, and others besides. */
export function objectJson(members: Readonly<Record<string, fc.Arbitrary<string>>>): fc.Arbitrary<string> {
  const parts = Object.entries(members).map(([name, usual]) =>
    fc.option(
      fc
        .oneof({ weight: 4, arbitrary: usual }, { weight: 1, arbitrary: valueJson })
        .map(json => `${JSON.stringify(name)}:${json}`),
      { freq: 8, nil: '' },
    ),
  );
  const strange = fc.oneof(
    { weight: 6, arbitrary: fc.constant('') },
    { weight: 1, arbitrary: valueJson.map(json => `"__proto__":${json}`) },
    { weight: 1, arbitrary: valueJson.map(json => `"constructor":${json}`) },
    {
      weight: 1,
      arbitrary: fc.tuple(texts, valueJson).map(([name, json]) => `${JSON.stringify(name)}:${json}`),
    },
  );
  return fc.tuple(strange, ...parts).map(each => `{${each.filter(part => part !== '').join(',')}}`);
}

/** A list of some of these. */
export function listJson(item: fc.Arbitrary<string>, maxLength = 4): fc.Arbitrary<string> {
  return fc.array(item, { maxLength }).map(items => `[${items.join(',')}]`);
}

export const wire = {
  number: numberJson,
  text: stringJson,
  flag: fc.constantFrom('true', 'false', '1', '0', '"true"', 'null'),
  time: fc.oneof(
    numberJson,
    fc.date({ noInvalidDate: true }).map(date => JSON.stringify(date.toISOString())),
  ),
  models: fc.oneof(
    fc.array(texts, { maxLength: 5 }).map(list => JSON.stringify(list)),
    fc
      .array(texts, { maxLength: 5 })
      .map(list => JSON.stringify(Object.fromEntries(list.map(name => [name, true])))),
    texts.map(text => JSON.stringify(text)),
    fc.constant('null'),
  ),
};

/** What stands around the payload. */
export function enveloped(payload: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const marker = fc.constantFrom(
    '"code":true',
    '"success":true',
    '"code":0',
    '"code":200',
    '"message":"ok"',
    '"code":false',
    '"error":{"message":"no"}',
    '"code":"X"',
  );
  return fc.oneof(
    { weight: 6, arbitrary: fc.tuple(marker, payload).map(([mark, json]) => `{${mark},"data":${json}}`) },
    { weight: 2, arbitrary: payload },
    { weight: 1, arbitrary: valueJson },
  );
}

/** The same text, at times damaged on the way. */
function damaged(json: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 12, arbitrary: json },
    { weight: 1, arbitrary: fc.tuple(json, fc.nat(400)).map(([text, at]) => text.slice(0, at)) },
    { weight: 1, arbitrary: json.map(text => `\uFEFF${text}`) },
    { weight: 1, arbitrary: texts },
    { weight: 1, arbitrary: fc.constantFrom('<!doctype html><title>x</title>', '[[[[[', 'null', '') },
  );
}

const HEADERS: readonly Record<string, string>[] = [
  {},
  { 'retry-after': '1200' },
  { 'retry-after': 'Fri, 31 Dec 2027 23:59:59 GMT' },
  { 'retry-after': '-5' },
  { 'cf-mitigated': 'challenge' },
  { server: 'cloudflare' },
  { 'x-new-api-version': 'v1' },
];

/** An answer with this body: mostly a good one. */
export function answers(json: fc.Arbitrary<string>): fc.Arbitrary<GatewayResponse> {
  const status = fc.oneof(
    { weight: 12, arbitrary: fc.constant(200) },
    {
      weight: 3,
      arbitrary: fc.constantFrom(204, 400, 401, 402, 403, 404, 407, 408, 429, 500, 502, 503, 524),
    },
    { weight: 1, arbitrary: fc.integer({ min: 100, max: 599 }) },
  );
  const headers = fc.oneof(
    { weight: 5, arbitrary: fc.constant({}) },
    { weight: 1, arbitrary: fc.constantFrom(...HEADERS) },
  );
  const text = fc.option(damaged(json), { freq: 40, nil: undefined });
  return fc.record({ status, headers: headers.map(each => new Headers(each)), text });
}

/** A way to ask that gives these answers in turn, the last one for ever. */
export function askOf(given: readonly GatewayResponse[]): SendRequest {
  let next = 0;
  return async () => {
    const answer = given[Math.min(next++, given.length - 1)];
    if (!answer) throw new Error('a fuzz target without answers');
    return answer;
  };
}
