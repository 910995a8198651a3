import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { failed, type GatewayError } from '../../../src/core/quota/failure.ts';
import { isSuccess, missingFiguresError, unwrapPayload } from '../../../src/gateways/envelope.ts';
import { parseRetryAfter } from '../../../src/gateways/transientError.ts';
import type { Json } from '../../../src/gateways/wireJson.ts';

describe('what an envelope says', () => {
  const ENVELOPES: readonly [json: Json, verdict: boolean | undefined][] = [
    [{ success: true }, true],
    [{ code: true }, true],
    [{ code: 0 }, true],
    [{ code: '0' }, true],
    [{ code: 200 }, true],
    [{ code: 20_000, status: true }, true],
    [{ success: false }, false],
    [{ code: false }, false],
    [{ code: 1 }, false],
    [{ code: '40001' }, false],
    [{ code: '2e2' }, false],
    [{ code: 'AUTH_UNAUTHORIZED' }, false],
    [{ success: true, code: false }, false],
    [{ success: true, error: 'no' }, false],
    [{ code: true, error: {} }, false],
    [{ success: true, error: '' }, true],
    [{ success: true, error: null }, true],
    [{ code: '' }, undefined],
    [{ success: 'true' }, undefined],
    [{ data: {} }, undefined],
  ];
  for (const [json, verdict] of ENVELOPES) {
    it(`${JSON.stringify(json)}: ${verdict}`, () => assert.equal(isSuccess(json), verdict));
  }
});

describe('an envelope that reports failure', () => {
  /** What its error is where the error mapper takes all for a refused request. */
  const of = (json: Json) => {
    try {
      unwrapPayload(json, 200, () => failed('unexpected', 'refused-request'));
    } catch (error) {
      const { failure } = error as GatewayError;
      return [failure.class, failure.reason, failure.words];
    }
    return undefined;
  };

  it('by the code of a server in trouble will pass, and says what the gateway says', () => {
    const passing = (words?: string) => ['transient', 'unknown-refusal', words];
    assert.deepEqual(of({ code: 500, message: 'db down' }), passing('db down'));
    assert.deepEqual(of({ code: '503', msg: 'busy', data: null }), passing('busy'));
    assert.deepEqual(of({ code: 500, error: { message: 'no answer' } }), passing('no answer'));
    assert.deepEqual(of({ code: 500, error: { message: 'busy', type: 'server_error' } }), passing('busy'));
    assert.deepEqual(of({ code: 500, success: false, msg: 'busy' }), passing('busy'));
    assert.deepEqual(of({ code: 599 }), passing());
  });

  it('by another code, or in a form that refusals are told by, is what the error mapper says', () => {
    const refused = ['unexpected', 'refused-request', undefined];
    for (const code of [499, 600, 50_001, '40001', '5e2', 1])
      assert.deepEqual(of({ code, message: 'no' }), refused, String(code));
    assert.deepEqual(of({ success: false, code: 500, message: 'no' }), refused);
    assert.equal(of({ success: true, code: 500 }), undefined);
  });
});

describe('an answer without its figures', () => {
  const of = (json: Json) => {
    const { class: failureClass, reason, words } = missingFiguresError(json, 200).failure;
    return [failureClass, reason, words];
  };

  it('lacks them where it reports success or says nothing, and is a refusal where it says something', () => {
    assert.deepEqual(of({ success: true, message: 'ok' }), ['unexpected', 'missing-figures', undefined]);
    assert.deepEqual(of({ message: '' }), ['unexpected', 'missing-figures', undefined]);
    assert.deepEqual(of({ success: false, message: 'Try later' }), [
      'transient',
      'unknown-refusal',
      'Try later',
    ]);
    assert.deepEqual(of({ detail: 'Try later' }), ['transient', 'unknown-refusal', 'Try later']);
  });
});

describe('Retry-After', () => {
  const of = (value?: string) =>
    parseRetryAfter(new Headers(value === undefined ? {} : { 'retry-after': value }));

  it('is in seconds', () => {
    assert.equal(of('1200'), 1_200_000);
    assert.equal(of(' 0 '), 0);
    assert.equal(of('1.5'), 1500);
    assert.equal(of('0.0001'), 1);
    assert.equal(of('999999999'), 999_999_999_000);
  });

  it('is the time itself where it can be no number of seconds, as some send it', () => {
    const until = (value: string) =>
      parseRetryAfter(new Headers({ date: 'Mon, 15 Jun 2026 12:10:00 GMT', 'retry-after': value }));
    // 12:12
    assert.equal(until('1781525520'), 120_000);
    assert.equal(until('1781525520000'), 120_000);
    assert.equal(until('2026-06-15T12:12:00Z'), 120_000);
    assert.equal(until('1781525399'), 0);
  });

  it('is a duration where it has units', () => assert.equal(of('1m30s'), 90_000));

  it('is a date in any form of HTTP', () => {
    for (const date of [
      'Fri, 01 Jan 2100 00:00:00 GMT',
      'Friday, 01-Jan-2100 00:00:00 GMT',
      'Fri Jan  1 00:00:00 2100',
      'Fri Jan  1 00:00:00 2100 GMT',
      'Fri, 01 Jan 2100 00:00:00 +0000',
    ]) {
      const error = Date.now() + (of(date) ?? 0) - Date.UTC(2100, 0, 1);
      assert.ok(Math.abs(error) < 5000, `${date}: ${error}`);
    }
  });

  it('is a date by the clock of who sent it', () => {
    const headers = new Headers({
      date: 'Mon, 15 Jun 2026 12:10:00 GMT',
      'retry-after': 'Mon, 15 Jun 2026 13:10:00 GMT',
    });
    assert.equal(parseRetryAfter(headers), 3_600_000);
  });

  it('is no time at all when it has passed', () => assert.equal(of('Mon, 01 Jun 2020 00:00:00 GMT'), 0));

  it('is unknown when it is absent or nonsense', () => {
    for (const value of [undefined, '', '-5', '1.5.', 'later', 'Monday', '2100-01-01'])
      assert.equal(of(value), undefined);
  });
});
