import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { describe, it } from 'mocha';
import { amountOf, isSameUnit, round6, type Scale } from '../../../../src/core/quota/unit.ts';
import { forAll } from '../../support/forAll.ts';

const dollars: Scale = { unit: { code: 'USD', source: 'gateway' }, perUnit: 500_000 };

describe('amounts', () => {
  const AMOUNTS: readonly [raw: number, amount: number][] = [
    [752_600, 1.5052],
    [1, 0.000002],
    [-12, -0.000024],
    [0, 0],
    [2_147_483_647, 4294.967294],
    [500_000_000_000_000, 1_000_000_000],
  ];
  for (const [raw, amount] of AMOUNTS) {
    it(`${raw} units are $${amount}`, () => assert.equal(amountOf(raw, dollars), amount));
  }

  it('a yuan site multiplies by its rate', () => {
    const yuan: Scale = { unit: { code: 'CNY', source: 'gateway' }, perUnit: 500_000 / 7.3 };
    assert.equal(amountOf(100_000, yuan), 1.46);
  });
});

describe('rounding to 6 decimals', () => {
  const ROUNDED: readonly [amount: number, rounded: number][] = [
    [752_600 / 500_000, 1.5052],
    [0.1 + 0.2, 0.3],
    [0.0000004, 0],
    [0.0000005, 0.000001],
    [1.23456789, 1.234568],
    [-1.23456789, -1.234568],
    [1e300, 1e300],
  ];
  for (const [amount, rounded] of ROUNDED) {
    it(`${amount} becomes ${rounded}`, () => assert.equal(round6(amount), rounded));
  }

  it('minus zero becomes zero', () => {
    assert.ok(Object.is(round6(-0), 0));
    assert.ok(Object.is(round6(-0.0000001), 0));
  });

  const any = fc.double({ noNaN: true, noDefaultInfinity: true });
  const billions = fc.double({ min: 2e9, max: 9.1e9, noNaN: true });
  const amounts = fc.oneof(any, billions);

  it('rounding twice changes nothing', () => {
    forAll(amounts, amount => round6(round6(amount)) === round6(amount), 5000);
  });

  it('never makes a minus zero', () => {
    forAll(amounts, amount => !Object.is(round6(amount), -0));
  });

  it('never moves an amount by more than half a millionth', () => {
    const ordinary = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    forAll(ordinary, amount => Math.abs(round6(amount) - amount) <= 0.000000501);
  });
});

describe('two units', () => {
  const isSame = (a: Parameters<typeof isSameUnit>[0], b: Parameters<typeof isSameUnit>[0]) =>
    isSameUnit(a, b);

  it('are the same by code and symbol, where no symbol is an empty one', () => {
    assert.equal(isSame({ code: 'USD' }, { code: 'USD' }), true);
    assert.equal(isSame({ code: 'CUSTOM' }, { code: 'CUSTOM', symbol: '' }), true);
    assert.equal(isSame({ code: 'CUSTOM', symbol: '' }, { code: 'CUSTOM' }), true);
    assert.equal(isSame({ code: 'CUSTOM', symbol: 'P' }, { code: 'CUSTOM', symbol: 'P' }), true);
  });

  it('are two where either is another', () => {
    assert.equal(isSame({ code: 'USD' }, { code: 'CNY' }), false);
    assert.equal(isSame({ code: 'CUSTOM', symbol: 'P' }, { code: 'CUSTOM', symbol: 'Q' }), false);
    assert.equal(isSame({ code: 'CUSTOM', symbol: 'P' }, { code: 'CUSTOM' }), false);
    assert.equal(isSame({ code: 'CUSTOM' }, { code: 'CUSTOM', symbol: 'P' }), false);
    assert.equal(isSame({ code: 'USD', symbol: 'P' }, { code: 'CUSTOM', symbol: 'P' }), false);
  });
});
