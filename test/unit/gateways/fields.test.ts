import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import * as v from 'valibot';
import {
  lenient,
  parseFlag,
  parseNumber,
  wireCount,
  wireFlag,
  wireNumber,
  wireSpent,
} from '../../../src/gateways/fields.ts';
import { normalizeModelNames } from '../../../src/gateways/modelNames.ts';
import { sanitizeText } from '../../../src/gateways/sanitizeText.ts';
import { normalizeTime, parseSeconds, wireSeconds } from '../../../src/gateways/wireTime.ts';

describe('a number on the wire', () => {
  const CASES: readonly [wire: unknown, number: number | undefined][] = [
    [0, 0],
    [-0, 0],
    ['-0', 0],
    [12.5, 12.5],
    ['12.5', 12.5],
    ['+3', 3],
    ['-3', -3],
    [9.9e20, 9.9e20],
    [1e21, undefined],
    [-1e21, undefined],
    [`1${'0'.repeat(21)}`, undefined],
    [Number.NaN, undefined],
    [Number.POSITIVE_INFINITY, undefined],
    ['1e5', undefined],
    ['0x10', undefined],
    ['1,000', undefined],
    [' 3', undefined],
    ['', undefined],
    [true, undefined],
    [null, undefined],
    [[7], undefined],
  ];
  for (const [wire, number] of CASES) {
    it(`${JSON.stringify(wire)} is ${number}`, () => {
      assert.equal(parseNumber(wire), number);
      assert.equal(v.parse(lenient(wireNumber), wire), number);
    });
  }

  it('is never the other zero', () => {
    for (const zero of [-0, '-0', '-0.0']) {
      assert.ok(Object.is(parseNumber(zero), 0));
      assert.ok(Object.is(v.parse(wireNumber, zero), 0));
    }
  });

  it('is no count and nothing spent below 0', () => {
    for (const schema of [wireCount, wireSpent]) {
      assert.equal(v.parse(lenient(schema), 0), 0);
      assert.equal(v.parse(lenient(schema), '7'), 7);
      assert.equal(v.parse(lenient(schema), -1), undefined);
    }
  });
});

describe('a switch on the wire', () => {
  const CASES: readonly [wire: unknown, flag: boolean | undefined][] = [
    ...[true, 1, 'true', 'TRUE', '1'].map(wire => [wire, true] as [unknown, boolean]),
    ...[false, 0, 'false', 'False', '0'].map(wire => [wire, false] as [unknown, boolean]),
    ...[2, 'yes', '', undefined, null, [true], {}].map(wire => [wire, undefined] as [unknown, undefined]),
  ];
  for (const [wire, flag] of CASES) {
    it(`${JSON.stringify(wire)} is ${flag}`, () => {
      assert.equal(parseFlag(wire), flag);
      assert.equal(v.parse(lenient(wireFlag), wire), flag);
    });
  }
});

describe('the bounds of a time on the wire', () => {
  const CASES: readonly [wire: unknown, time: string | null | undefined][] = [
    // Two days after 1970 begin the years in which nothing could end; they end with 1999.
    [172_799, null],
    [172_800, undefined],
    [946_684_799, undefined],
    [946_684_800, '2000-01-01T00:00:00.000Z'],
    // The year 9999 means never.
    [253_370_764_799, '9998-12-31T23:59:59.000Z'],
    [253_370_764_800, null],
    // From here on a number is in milliseconds, microseconds, nanoseconds: in each it begins with March 1978.
    [259_999_999_999, null],
    [260_000_000_000, undefined],
    [259_999_999_999_999, null],
    [260_000_000_000_000, undefined],
    [259_999_999_999_999_000, null],
    [260_000_000_000_000_000, undefined],
    // Microseconds and nanoseconds end in 2199, or never.
    [7_258_118_399_999_000, '2199-12-31T23:59:59.999Z'],
    [7_258_118_400_000_000, undefined],
    [253_370_764_799_999_000, undefined],
    [253_370_764_800_000_000, null],
  ];
  for (const [wire, time] of CASES) {
    it(`${wire} is ${time === null ? 'never' : time}`, () => assert.equal(normalizeTime(wire), time));
  }
});

describe('a time without a zone', () => {
  const zone = process.env.TZ;
  afterEach(() => {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  });

  it('is in UTC, wherever the reader is', () => {
    for (const TZ of ['Asia/Shanghai', 'America/New_York']) {
      process.env.TZ = TZ;
      assert.notEqual(new Date(2026, 11, 1).getTimezoneOffset(), 0);
      for (const time of ['2026-12-01T09:00:00', '2026-12-01 09:00', '2026-12-01T09:00:00.000'])
        assert.equal(normalizeTime(time), '2026-12-01T09:00:00.000Z');
      assert.equal(normalizeTime('2026-12-01 09:00:00+08:00'), '2026-12-01T01:00:00.000Z');
    }
  });
});

describe('the time of an event', () => {
  const CASES: readonly [wire: unknown, seconds: number | undefined][] = [
    [1_781_500_000, 1_781_500_000],
    ['1781500000', 1_781_500_000],
    [1_781_500_000_000, 1_781_500_000],
    ['2026-06-15T05:06:40Z', 1_781_500_000],
    [1_781_500_000.5, 1_781_500_000.5],
    [946_684_800, 946_684_800],
    [946_684_799, undefined],
    [0, undefined],
    [-1, undefined],
    ['noon', undefined],
    [null, undefined],
  ];
  for (const [wire, seconds] of CASES) {
    it(`${JSON.stringify(wire)} is ${seconds}`, () => {
      assert.equal(parseSeconds(wire), seconds);
      assert.equal(v.parse(lenient(wireSeconds), wire), seconds);
    });
  }
});

describe('names of models on the wire', () => {
  it('come as members, text or a list', () => {
    for (const wire of [{ a: true, b: false }, 'a, b,,a', ['a', 'b', 'a', ''], [{ id: 'a' }, { name: 'b' }]])
      assert.deepEqual(normalizeModelNames(wire), { models: ['a', 'b'] });
  });

  it('may come as JSON in a text', () => {
    for (const wire of ['["a","b"]', ' {"a":true,"b":true}', '[{"id":"a"},{"id":"b"}]'])
      assert.deepEqual(normalizeModelNames(wire), { models: ['a', 'b'] });
    assert.deepEqual(normalizeModelNames('[free] a, b'), { models: ['[free] a', 'b'] });
  });

  it('that cannot be read are counted: what can is not all of them', () => {
    assert.deepEqual(normalizeModelNames(['a', 7, 'b', null, {}]), { models: ['a', 'b'], modelsMore: 3 });
  });

  it('are none where the list is empty, and not known where there is no list', () => {
    for (const wire of ['', [], {}]) assert.deepEqual(normalizeModelNames(wire), { models: [] });
    for (const wire of [null, undefined, 7, true, false, [7, null]])
      assert.equal(normalizeModelNames(wire), undefined);
  });

  it('are two thousand at most, and the others are counted', () => {
    const names = (count: number) => Array.from({ length: count }, (_, index) => `m${index}`);
    assert.deepEqual(normalizeModelNames(names(2000)), { models: names(2000) });
    assert.deepEqual(normalizeModelNames(names(2003)), { models: names(2000), modelsMore: 3 });
  });
});

describe('the length of a text from a gateway', () => {
  const CASES: readonly [text: string, shown: string][] = [
    ['abcde', 'abcde'],
    ['abcdef', 'abcd…'],
    ['äbcde', 'äbcde'],
    ['äbcdef', 'äbcd…'],
    ['👩👩👩👩👩', '👩👩👩👩👩'],
    ['👩👩👩👩👩👩', '👩👩👩👩…'],
    ['  a  b  ', 'a b'],
    ['a\u202Eb\u202Ec', 'abc'],
    ['x'.repeat(1000), 'xxxx…'],
  ];
  for (const [text, shown] of CASES) {
    it(`of ${JSON.stringify(text.slice(0, 20))} is five at most`, () =>
      assert.equal(sanitizeText(text, 5), shown));
  }
});
