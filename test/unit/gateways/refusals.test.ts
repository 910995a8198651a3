import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { failed, GatewayError } from '../../../src/core/quota/failure.ts';
import { parseJsonBody, parseRows, unwrapList, unwrapPayload } from '../../../src/gateways/envelope.ts';
import type { Refusal } from '../../../src/gateways/errorMapper.ts';
import { errorMapperFor, errorMapperWithFallback } from '../../../src/gateways/knownRefusals.ts';
import { serverTimeOf } from '../../../src/gateways/serverTime.ts';
import { rateLimitError } from '../../../src/gateways/transientError.ts';
import type { Json } from '../../../src/gateways/wireJson.ts';

const answer = (status: number, text: string | undefined) => ({ status, headers: new Headers(), text });
const PAGE = '<html><body>Sorry</body></html>';
const CHALLENGE = '<html><title>Just a moment...</title></html>';
const NO_CERTIFICATE = '<html><title>400 No required SSL certificate was sent</title></html>';
const NO = '{"message":"no"}';

/** Class and reason, with the words where there are any; or what is returned in place of an error. */
function outcome(read: () => unknown): string {
  try {
    return JSON.stringify(read());
  } catch (error) {
    assert.ok(error instanceof GatewayError, String(error));
    const { class: failureClass, reason, words } = error.failure;
    return [`${failureClass}: ${reason}`, words].filter(Boolean).join(', ');
  }
}

describe('the JSON of an answer', () => {
  const CASES: readonly [status: number, text: string | undefined, expected: string][] = [
    [200, '{"a":1}', '{"a":1}'],
    [299, '{"a":1}', '{"a":1}'],
    [200, '\uFEFF{"a":1}', '{"a":1}'],
    [200, undefined, 'unexpected: not-text'],
    [200, '', 'unexpected: empty'],
    [200, ' \n', 'unexpected: empty'],
    [200, 'no', 'unexpected: not-json'],
    [200, PAGE, 'unexpected: html'],
    [200, CHALLENGE, 'blocked-by-edge: edge-page'],
    [200, '[1]', 'unexpected: missing-figures'],
    [200, 'null', 'unexpected: missing-figures'],
    [199, '{"a":1}', 'unexpected: refused-request'],
    [300, '{"a":1}', 'unexpected: refused-request'],
    [400, NO, 'unexpected: refused-request, no'],
    [400, NO_CERTIFICATE, 'unexpected: client-certificate'],
    [401, NO, 'transient: unknown-refusal, no'],
    [402, NO, 'transient: unknown-refusal, no'],
    [403, NO, 'transient: unknown-refusal, no'],
    [403, '', 'transient: unknown-refusal'],
    [403, undefined, 'transient: unknown-refusal'],
    [403, '["no"]', 'transient: unknown-refusal'],
    [403, PAGE, 'blocked-by-edge: edge-page'],
    [404, NO, 'not-supported: no-such-endpoint'],
    [405, NO, 'not-supported: no-such-endpoint'],
    [406, NO, 'unexpected: refused-request, no'],
    [407, NO, 'transient: proxy'],
    [408, NO, 'transient: server-error'],
    [408, CHALLENGE, 'blocked-by-edge: edge-page'],
    [418, NO, 'unexpected: refused-request, no'],
    [429, NO, 'rate-limited: too-many-requests'],
    [429, CHALLENGE, 'blocked-by-edge: edge-page'],
    [499, NO, 'unexpected: refused-request, no'],
    [500, NO, 'transient: server-error'],
    [503, CHALLENGE, 'blocked-by-edge: edge-page'],
  ];
  for (const [status, text, expected] of CASES) {
    it(`with ${status} and ${JSON.stringify(text)}: ${expected}`, () =>
      assert.equal(
        outcome(() => parseJsonBody(answer(status, text))),
        expected,
      ));
  }

  it('is a kind’s own error before the status counts, but not for trouble that passes', () => {
    const own = (status: number) =>
      outcome(() => parseJsonBody(answer(status, NO), () => failed('bad-key', 'refused-key')));
    for (const status of [300, 400, 401, 404, 499]) assert.equal(own(status), 'bad-key: refused-key');
    assert.equal(own(429), 'rate-limited: too-many-requests');
    for (const status of [408, 500]) assert.equal(own(status), 'transient: server-error');
    assert.equal(own(200), NO);
  });
});

describe('a rate limit', () => {
  it('is told by 429 alone', () => {
    assert.equal(rateLimitError(answer(429, NO))?.failure.reason, 'too-many-requests');
    assert.equal(rateLimitError(answer(429, CHALLENGE))?.failure.reason, 'edge-page');
    for (const status of [200, 403, 503]) assert.equal(rateLimitError(answer(status, CHALLENGE)), undefined);
  });
});

describe('a refusal', () => {
  const of = (json: Json, status = 401): Refusal => {
    let seen: Refusal | undefined;
    assert.throws(() =>
      parseJsonBody(answer(status, JSON.stringify(json)), refusal => {
        seen = refusal;
        return undefined;
      }),
    );
    assert.ok(seen);
    return seen;
  };

  const CASES: readonly [json: Json, form: Refusal['form'], message: string, code: string][] = [
    [{ error: { message: 'no', code: 'c', type: 'new_api_error' } }, 'error', 'no', 'c'],
    [{ error: { message: 'no', code: '', type: 'one_hub_error' } }, 'error', 'no', 'one_hub_error'],
    [{ error: { message: 'no', type: 'veloera_error' } }, 'error', 'no', 'veloera_error'],
    [{ error: { message: 'no', type: 'proxy_error' } }, 'typed', 'no', 'proxy_error'],
    [{ error: { message: 'no', type: 't', code: 'c' } }, 'typed', 'no', 'c'],
    [{ error: { message: 'no', type: 7 } }, undefined, 'no', '7'],
    [{ error: { message: 'no' }, success: false, message: 'other' }, undefined, 'no', ''],
    [{ error: 'no', success: false }, 'word', 'no', ''],
    [{ error: 'no' }, 'bare-word', 'no', ''],
    [{ error: 'no', success: true }, undefined, 'no', ''],
    [{ success: false, message: 'no' }, 'plain', 'no', ''],
    [{ error: '', success: false, message: 'no' }, 'plain', 'no', ''],
    [{ success: false, message: 'no', code: 7 }, 'plain', 'no', '7'],
    [{ success: false, message: 'no', code: ['x'] }, 'plain', 'no', ''],
    [{ code: false, message: 'no' }, 'plain', 'no', ''],
    [{ code: true, message: 'no' }, undefined, 'no', ''],
    [{ success: true, code: false, message: 'no' }, undefined, 'no', ''],
    [{ success: false, message: ['no'] }, undefined, '', ''],
    [{ success: false, msg: 'no', code: 7 }, 'msg', 'no', '7'],
    [{ success: false, message: 'no', msg: 'other' }, 'plain', 'no', ''],
    [{ msg: 'no', code: 7 }, undefined, 'no', '7'],
    [{ message: 'no' }, undefined, 'no', ''],
    [{}, undefined, '', ''],
  ];
  for (const [json, form, message, code] of CASES) {
    it(`${JSON.stringify(json)} has form ${form}, message “${message}”, code “${code}”`, () => {
      const { form: itsForm, message: itsMessage, code: itsCode } = of(json);
      assert.deepEqual([itsForm, itsMessage, itsCode], [form, message, code]);
    });
  }

  it('can be a text in quotes and nothing else', () => {
    assert.deepEqual(of('no' as unknown as Json), {
      status: 401,
      message: 'no',
      code: '',
      form: 'json-text',
      words: 'no',
    });
  });

  it('has its message to match as it came, and to show without what is not seen', () => {
    const message = `no\u202E ${'x'.repeat(200)}`;
    const { message: original, words } = of({ message }, 403);
    assert.equal(original, message);
    assert.equal(words, `no ${'x'.repeat(156)}…`);
    assert.equal(of({ message: '\u202E' }).words, undefined);
  });
});

describe('the payload of an envelope', () => {
  const of = (json: Json, mapError?: Parameters<typeof unwrapPayload>[2]) =>
    outcome(() => unwrapPayload(json, 200, mapError));

  it('is its data where that is an object, else the whole', () => {
    assert.equal(of({ success: true, data: { a: 1 } }), '{"a":1}');
    for (const data of [[1], null, 'x', undefined])
      assert.deepEqual(unwrapPayload({ code: 0, data }, 200), { code: 0, data });
    assert.equal(of({ a: 1 }), '{"a":1}');
  });

  it('is none where the envelope reports failure', () => {
    const refused = { success: false, message: 'no', data: { a: 1 } };
    assert.equal(of(refused), 'unexpected: refused-request, no');
    assert.equal(
      of(refused, () => failed('bad-key', 'refused-key')),
      'bad-key: refused-key',
    );
  });
});

describe('the list of an answer', () => {
  const of = (status: number, text: string | undefined) => outcome(() => unwrapList(answer(status, text)));

  it('stands bare or under data', () => {
    assert.equal(of(200, '[1,2]'), '[1,2]');
    assert.equal(of(299, '[1,2]'), '[1,2]');
    assert.equal(of(200, '{"success":true,"data":[1,2]}'), '[1,2]');
  });

  it('is none in a refusal', () => {
    assert.equal(of(199, '[1,2]'), 'unexpected: refused-request');
    assert.equal(of(300, '[1,2]'), 'unexpected: refused-request');
    assert.equal(of(200, '{"success":false,"message":"no","data":[1,2]}'), 'unexpected: refused-request, no');
  });

  it('is not empty where it is missing', () => {
    assert.equal(of(200, undefined), 'unexpected: not-text');
    for (const text of ['{"success":true}', '{"success":true,"data":{}}', '{"data":null}', '{}'])
      assert.equal(of(200, text), 'unexpected: missing-figures');
    assert.equal(of(200, '{"detail":"later"}'), 'transient: unknown-refusal, later');
  });

  it('of rows may be empty, and is nothing else', () => {
    assert.deepEqual(parseRows([]), []);
    assert.deepEqual(parseRows([1, 2]), [1, 2]);
    for (const data of [null, undefined, {}, '', 'rows', false, 0])
      assert.equal(
        outcome(() => parseRows(data)),
        'unexpected: missing-figures',
      );
  });
});

describe('the clock of a server', () => {
  const of = (date?: string) => serverTimeOf(new Headers(date === undefined ? {} : { date }));

  it('is told by its Date header', () => {
    assert.equal(of('Mon, 15 Jun 2026 12:10:00 GMT'), Date.UTC(2026, 5, 15, 12, 10));
    assert.equal(of('Wed, 01 Jan 2020 00:00:00 GMT'), Date.UTC(2020, 0, 1));
    assert.equal(of('Thu, 31 Dec 2099 23:59:59 GMT'), Date.UTC(2100, 0, 1) - 1000);
  });

  it('is not known by one that was never set, is broken, or tells nothing', () => {
    for (const date of [
      undefined,
      '',
      '-5',
      'Monday',
      '2026-06-15T12:10:00Z',
      'Thu, 01 Jan 1970 00:00:00 GMT',
      'Tue, 31 Dec 2019 23:59:59 GMT',
      'Fri, 01 Jan 2100 00:00:00 GMT',
    ])
      assert.equal(of(date), undefined, date);
  });
});

describe('the refusals that a kind is known to send', () => {
  const LIST = [
    { status: 401, forms: ['error'], pattern: /^no$/, failure: ['bad-key', 'refused-key'] },
    { status: 403, forms: ['plain', 'word'], code: 'BANNED', failure: ['disabled', 'banned'] },
  ] as const;
  const BAD: Refusal = { status: 401, form: 'error', message: 'no', code: '', words: 'no' };
  const BANNED: Refusal = {
    status: 403,
    form: 'word',
    message: 'sk-1 is off',
    code: 'BANNED',
    words: 'sk-1',
  };
  const failureOf = (refusal: Refusal, mapper = errorMapperFor(LIST)) => mapper(refusal)?.failure;

  it('match by status, form and message or code together', () => {
    assert.equal(failureOf(BAD)?.reason, 'refused-key');
    assert.equal(failureOf({ ...BAD, message: 'no (request id: 2026)' })?.reason, 'refused-key');
    assert.equal(failureOf(BANNED)?.reason, 'banned');
    assert.equal(failureOf({ ...BANNED, form: 'plain' })?.reason, 'banned');
    for (const other of [
      { ...BAD, status: 403 },
      { ...BAD, form: 'plain' as const },
      { ...BAD, form: undefined },
      { ...BAD, message: 'no way' },
      { ...BANNED, code: 'OTHER' },
      { ...BANNED, code: '' },
      { ...BANNED, status: 401 },
      { ...BANNED, form: 'error' as const },
    ])
      assert.equal(failureOf(other), undefined, JSON.stringify(other));
  });

  it('tell the gateway’s words about a wrong key alone: others hold parts of the key', () => {
    assert.deepEqual([failureOf(BAD)?.words, failureOf(BAD)?.status], ['no', 401]);
    assert.deepEqual([failureOf(BANNED)?.words, failureOf(BANNED)?.status], [undefined, 403]);
  });

  it('leave others to pass with HTTP 200, where a kind reports every failure by that', () => {
    const mapper = errorMapperWithFallback(LIST);
    const other = failureOf({ ...BAD, status: 200, message: 'later', words: 'later' }, mapper);
    assert.deepEqual([other?.class, other?.reason, other?.words], ['transient', 'unknown-refusal', 'later']);
    assert.equal(failureOf({ ...BAD, message: 'later' }, mapper), undefined);
    assert.equal(failureOf(BAD, mapper)?.reason, 'refused-key');
  });
});
