import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { limitResetMs } from '../../../src/gateways/rateLimitHeaders.ts';
import { parseRetryAfter } from '../../../src/gateways/transientError.ts';

/** 2026-06-15 12:00:00 UTC is 1781524800 seconds after the epoch. */
const NOW = Date.UTC(2026, 5, 15, 12);
const SECOND = 1000;
const of = (headers: Record<string, string>, isRefused = false) =>
  limitResetMs(new Headers(headers), NOW, isRefused);

describe('headers of limits', () => {
  const RESETS: readonly [form: string, reset: string, seconds: number][] = [
    ['seconds from now', '30', 30],
    ['fractions of them', '0.5', 0.5],
    ['epoch seconds', '1781524890', 90],
    ['epoch milliseconds', '1781524890000', 90],
    ['a date in ISO 8601', '2026-06-15T12:01:00Z', 60],
    ['a duration as Go writes it', '1m30s', 90],
    ['a short one', '6ms', 0.006],
    ['a long one', '1h0m2.5s', 3602.5],
    // A table of the database takes whole milliseconds alone.
    ['one with parts of milliseconds', '2m59.5612345s', 179.562],
    ['epoch seconds with as many digits', '1781524801.1234567', 1.124],
    ['a whole day', '86400', 86_400],
  ];
  for (const [form, reset, seconds] of RESETS) {
    it(`tell when a limit is reset of which nothing is left, as ${form}`, () => {
      for (const [remaining, name] of [
        ['x-ratelimit-remaining', 'x-ratelimit-reset'],
        ['x-rate-limit-remaining', 'x-rate-limit-reset'],
        ['ratelimit-remaining', 'ratelimit-reset'],
        ['x-ratelimit-remaining-requests', 'x-ratelimit-reset-requests'],
      ] as const)
        assert.equal(of({ [remaining]: '0', [name]: reset }), seconds * SECOND, name);
    });
  }

  it('tell it in the structured form, and the latest of several limits', () => {
    assert.equal(of({ ratelimit: '"default";r=0;t=30' }), 30 * SECOND);
    assert.equal(of({ ratelimit: '"burst";r=9;t=5, "day";r=0;t=3600, "hour";t=60;r=0' }), 3600 * SECOND);
    assert.equal(of({ ratelimit: 'limit=100, remaining=0, reset=45' }), 45 * SECOND);
  });

  const STRUCTURED: readonly [ratelimit: string, policy: string | undefined, seconds: number | undefined][] =
    [
      // With something left, in the forms of the newest draft.
      ['"default";r=50;t=30', '"default";q=100;w=60', undefined],
      ['"default";r=0;t=30', '"default";q=100;w=60', 30],
      ['default;t=30;r=0', 'default;q=100;w=60', 30],
      ['"default"; r=0; t=30;pk=:cGs=:', undefined, 30],
      // Without a time, within the window of that policy.
      ['"day";r=0', '"burst";q=9;w=5, "day";q=100;w=3600;qu="requests"', 3600],
      ['"day";r=0', '"burst";q=9;w=5', undefined],
      ['"day";r=0', undefined, undefined],
      ['"burst";r=3, "day";r=0;t=7', '"burst";q=9;w=5, "day";q=1;w=3600', 7],
      // A policy alone says nothing about what is left.
      ['', '"default";q=0;w=60', undefined],
      // Names are names, whatever stands in them.
      ['"a;r=0;t=90";r=5;t=30', undefined, undefined],
      ['"a, b;t=90\\"";r=0;t=30', undefined, 30],
      // Older lists, in any order.
      ['remaining=0, reset=45, limit=100', '100;w=60', 45],
      ['limit=100;w=60, remaining=0, reset=45', undefined, 45],
    ];
  for (const [ratelimit, policy, seconds] of STRUCTURED) {
    it(`say ${seconds === undefined ? 'nothing' : `${seconds} s`} by ${ratelimit || 'nothing'} with ${policy ?? 'no policy'}`, () => {
      const headers = { ratelimit, ...(policy !== undefined && { 'ratelimit-policy': policy }) };
      assert.equal(of(headers), seconds === undefined ? undefined : seconds * SECOND);
    });
  }

  it('say in the structured form when a refused call may be made, by what is used up', () => {
    assert.equal(of({ ratelimit: '"burst";r=3;t=9, "day";r=0;t=60' }, true), 60 * SECOND);
    assert.equal(of({ ratelimit: '"default";t=30' }, true), 30 * SECOND);
    assert.equal(of({ 'ratelimit-policy': '"default";q=1;w=60' }, true), undefined);
  });

  it('tell nothing while something is left', () => {
    assert.equal(of({ 'x-ratelimit-remaining': '1', 'x-ratelimit-reset': '30' }), undefined);
    assert.equal(of({ ratelimit: '"default";r=1;t=30' }), undefined);
    assert.equal(of({ ratelimit: 'limit=0, remaining=10, reset=45' }), undefined);
  });

  it('tell nothing by a time alone, unless the call was refused', () => {
    assert.equal(of({ 'x-ratelimit-reset': '30' }), undefined);
    assert.equal(of({ 'x-ratelimit-reset': '30' }, true), 30 * SECOND);
    assert.equal(of({ 'x-ratelimit-remaining': '5', 'x-ratelimit-reset': '30' }, true), undefined);
  });

  it('are not believed where they are nonsense', () => {
    for (const reset of [
      '',
      'soon',
      '-5',
      '0',
      '86401',
      '1e9',
      '1781524700',
      '2020-01-01T00:00:00Z',
      '5x',
      '٣',
    ])
      assert.equal(
        of({ 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset.replace('٣', '%D9%A3') }),
        undefined,
        reset,
      );
    for (const remaining of ['', 'none', '-1', '00x'])
      assert.equal(of({ 'x-ratelimit-remaining': remaining, 'x-ratelimit-reset': '30' }), undefined);
    assert.equal(of({ ratelimit: '"default";q=0;w=30' }), undefined);
  });

  it('go by the clock of who sent them', () => {
    const headers = { date: 'Mon, 15 Jun 2026 12:10:00 GMT', 'x-ratelimit-remaining': '0' };
    // 12:10:30
    assert.equal(of({ ...headers, 'x-ratelimit-reset': '1781525430' }), 30 * SECOND);
  });

  it('say when to come again where a refusal has no Retry-After that can be read, and never in its place', () => {
    const limits = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '30' };
    assert.equal(parseRetryAfter(new Headers(limits)), 30 * SECOND);
    assert.equal(parseRetryAfter(new Headers({ ...limits, 'retry-after': '5' })), 5 * SECOND);
    assert.equal(parseRetryAfter(new Headers({ ...limits, 'retry-after': '5 or so' })), 30 * SECOND);
  });
});
