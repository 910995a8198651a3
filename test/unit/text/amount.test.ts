import assert from 'node:assert/strict';
import * as l10n from '@vscode/l10n';
import * as fc from 'fast-check';
import { afterEach, describe, it } from 'mocha';
import type { Unit } from '../../../src/core/quota/unit.ts';
import {
  type AmountRounding,
  type AmountStyle,
  amountText,
  columnStyle,
  countText,
  headroomText,
} from '../../../src/text/amount.ts';
import { displayLanguage, setDisplayLanguage } from '../../../src/text/displayLanguage.ts';
import { percentText } from '../../../src/text/percent.ts';
import { forAll } from '../support/forAll.ts';

const USD: Unit = { code: 'USD', source: 'gateway' };
const CNY: Unit = { code: 'CNY', source: 'gateway' };
const TOKENS: Unit = { code: 'TOKENS', source: 'gateway' };
const UNITS: Unit = { code: 'UNITS', source: 'default' };
const ROUBLES: Unit = { code: 'CUSTOM', symbol: '₽', source: 'gateway' };
const NAMELESS: Unit = { code: 'CUSTOM', source: 'default' };

type Row = readonly [amount: number, unit: Unit, style: AmountStyle, text: string];

describe('a column of amounts', () => {
  const column = (amounts: readonly number[], style: 'exact' | 'full') =>
    amounts.map(amount => amountText(amount, USD, columnStyle(amounts, style)));

  it('has as many decimals in each row as its longest amount', () => {
    assert.deepEqual(column([2, 0.15, 0.0425], 'exact'), ['$2.0000', '$0.1500', '$0.0425']);
    assert.deepEqual(column([2, 0.15], 'exact'), ['$2.00', '$0.15']);
    assert.deepEqual(column([1e-7, 123_456_789.1], 'full'), ['$0.0000001', '$123,456,789.1000000']);
    assert.deepEqual(column([1e21], 'full'), ['$1,000,000,000,000,000,000,000.00']);
    assert.deepEqual(column([], 'exact'), []);
  });

  it('never has more than its style allows', () => {
    assert.deepEqual(column([0.1234567], 'exact'), ['$0.123457']);
  });
});

describe('amounts in English', () => {
  const ROWS: readonly Row[] = [
    [12.4, USD, 'short', '$12.40'],
    [0, USD, 'short', '$0.00'],
    [1.5052, USD, 'short', '$1.50'],
    [1.5052, USD, 'exact', '$1.5052'],
    [0.999, USD, 'short', '$0.99'],
    [0.999999, USD, 'short', '$0.99'],
    [0.29, USD, 'short', '$0.29'],
    [4.35, USD, 'short', '$4.35'],
    [0.01, USD, 'short', '$0.01'],
    [0.009999, USD, 'short', '$0.009999'],
    [0.000002, USD, 'short', '$0.000002'],
    [0.000002, USD, 'exact', '$0.000002'],
    [-0.000024, USD, 'short', '-$0.000024'],
    [-3.999, USD, 'short', '-$4.00'],
    [-0.0265, USD, 'short', '-$0.03'],
    [-0.0265, ROUBLES, 'short', '-₽0.03'],
    // A rounding error of binary arithmetic below zero is not shown as a debt.
    [-1e-9, USD, 'exact', '$0.00'],
    [-1e-9, ROUBLES, 'exact', '₽0.00'],
    [-1e-9, UNITS, 'exact', '0 units'],
    [-0, USD, 'short', '$0.00'],
    [-12_345, TOKENS, 'short', '-12.4K tokens'],
    [4294.967294, USD, 'short', '$4,294.96'],
    [4294.967294, USD, 'exact', '$4,294.967294'],
    [1_000_000_000, USD, 'short', '$1,000,000,000.00'],
    [66.74, CNY, 'short', '¥66.74'],
    [1.46, CNY, 'exact', '¥1.46'],
    [1, TOKENS, 'short', '1 token'],
    [1, UNITS, 'short', '1 unit'],
    [999, TOKENS, 'short', '999 tokens'],
    [9999, TOKENS, 'short', '9,999 tokens'],
    [10_000, TOKENS, 'short', '10K tokens'],
    [1_234_567, TOKENS, 'short', '1.2M tokens'],
    [999_999, TOKENS, 'short', '999.9K tokens'],
    [1_234_567, TOKENS, 'exact', '1,234,567 tokens'],
    [-752_600, TOKENS, 'short', '-752.6K tokens'],
    [100_000, UNITS, 'short', '100K units'],
    [100_000, UNITS, 'exact', '100,000 units'],
    [18.5, ROUBLES, 'short', '₽18.50'],
    [18.123456, ROUBLES, 'exact', '₽18.123456'],
    [-2.22, ROUBLES, 'short', '-₽2.22'],
    [3.25, NAMELESS, 'short', '3.25'],
    [-3.25, NAMELESS, 'short', '-3.25'],
    // A symbol of letters would run into its figure.
    [3.25, { code: 'CUSTOM', symbol: 'pts', source: 'gateway' }, 'short', 'pts\u00a03.25'],
    // From here on not all digits are shown, and what is left is rounded down.
    [1e15 - 1, USD, 'short', '$999,999,999,999,999.00'],
    [1e15, USD, 'short', '$1E15'],
    [1.239e15, USD, 'short', '$1.23E15'],
    [-1.231e15, USD, 'short', '-$1.24E15'],
    [1.239e15, TOKENS, 'short', '1.23E15 tokens'],
    [1e15, USD, 'exact', '$1,000,000,000,000,000.00'],
    [9.99e21, TOKENS, 'exact', '9,990,000,000,000,000,000,000 tokens'],
    [1e22, TOKENS, 'exact', '1E22 tokens'],
    [1e22, USD, 'exact', '$1E22'],
    [Number.NaN, USD, 'short', 'unknown'],
  ];
  for (const [amount, unit, style, text] of ROWS) {
    it(`${amount} ${unit.code} ${style}: ${text}`, () => assert.equal(amountText(amount, unit, style), text));
  }

  const SIDES: readonly (readonly [amount: number, unit: Unit, left: string, used: string])[] = [
    [1.5052, USD, '$1.50', '$1.51'],
    [1.5, USD, '$1.50', '$1.50'],
    [0.1 + 0.2, USD, '$0.30', '$0.30'],
    [1.1 * 1.1, USD, '$1.21', '$1.21'],
    [-0.0265, USD, '-$0.03', '-$0.02'],
    [-0.001, USD, '-$0.001', '-$0.001'],
    [999_999, TOKENS, '999.9K tokens', '1M tokens'],
    [-0.0265, ROUBLES, '-₽0.03', '-₽0.02'],
    [4.9999999, NAMELESS, '4.99', '5.00'],
    [1.234e15, USD, '$1.23E15', '$1.24E15'],
    [1.23e15, USD, '$1.23E15', '$1.23E15'],
    [1.234e15, UNITS, '1.23E15 units', '1.24E15 units'],
  ];
  for (const [amount, unit, left, used] of SIDES) {
    it(`${amount} ${unit.code}: ${left} left, ${used} used`, () => {
      assert.equal(amountText(amount, unit, 'short', 'down'), left);
      assert.equal(amountText(amount, unit, 'short', 'up'), used);
    });
  }

  it('rounds what was used up and what is left down, in every style', () => {
    const amounts = fc.integer({ min: -2_000_000_000, max: 2_000_000_000 }).map(parts => parts / 1e7);
    const styles = fc.constantFrom<AmountStyle>('short', 'exact', 'full', 3);
    const shown = (amount: number, style: AmountStyle, rounding: AmountRounding) =>
      Number(amountText(amount, USD, style, rounding).replace(/[$,]/g, ''));
    forAll(
      fc.tuple(amounts, styles),
      ([amount, style]) => shown(amount, style, 'down') <= amount && shown(amount, style, 'up') >= amount,
    );
  });

  it('keeps every figure readable, however large', () => {
    const amounts = fc.double({ noNaN: true });
    const units = fc.constantFrom(USD, CNY, TOKENS, UNITS, ROUBLES);
    forAll(fc.tuple(amounts, units), ([amount, unit]) => amountText(amount, unit).length <= 32);
    assert.equal(amountText(2e306, USD), '$2E306');
    assert.equal(amountText(Number.POSITIVE_INFINITY, USD), 'unknown');
  });

  it('`short` is the default style', () => assert.equal(amountText(1.5052, USD), '$1.50'));

  it('never shows more than is left', () => {
    const amounts = fc.integer({ min: 0, max: 2_000_000_000 }).map(millionths => millionths / 1e6);
    forAll(amounts, amount => Number(amountText(amount, USD).replace(/[$,]/g, '')) <= amount);
  });

  it('never shows a positive amount as zero', () => {
    const amounts = fc.integer({ min: 1, max: 1_000_000 }).map(millionths => millionths / 1e6);
    forAll(amounts, amount => Number(amountText(amount, USD).slice(1)) > 0);
  });
});

describe('amounts in other languages', () => {
  afterEach(() => setDisplayLanguage('en'));

  const ROWS: readonly (readonly [language: string, ...Row])[] = [
    ['zh-cn', 12.4, USD, 'short', '$12.40'],
    ['zh-cn', 66.74, CNY, 'short', '¥66.74'],
    ['zh-cn', 1_234_567, TOKENS, 'short', '123.4万 tokens'],
    ['zh-cn', 0.999, CNY, 'short', '¥0.99'],
    // ￥ would be yen.
    ['ja', 66.74, CNY, 'short', '元 66.74'],
    ['ja', 12.4, USD, 'short', '$12.40'],
    ['de', 1234.5, USD, 'short', '1.234,50 $'],
  ];
  for (const [language, amount, unit, style, text] of ROWS) {
    it(`${language}: ${text}`, () => {
      setDisplayLanguage(language);
      assert.equal(displayLanguage(), language);
      assert.equal(amountText(amount, unit, style).replace('\u00A0', ' '), text);
    });
  }

  it('fills placeholders in translations, and returns to English with the language', () => {
    setDisplayLanguage('zh-cn', { '{0} tokens': '词元 {0}，{1}' });
    assert.equal(amountText(5, TOKENS), '词元 5，{1}');
    assert.equal(amountText(6, TOKENS), '词元 6，{1}');
    assert.equal(amountText(6, USD), '$6.00');
    setDisplayLanguage('en');
    assert.equal(amountText(5, TOKENS), '5 tokens');
  });
});

describe('the headline figure', () => {
  it('is what is left', () => {
    assert.equal(headroomText({ unlimited: false, remaining: 1.5052, unit: USD, from: 'quota' }), '$1.50');
    assert.equal(
      headroomText({ unlimited: false, remaining: 1.5052, unit: USD, from: 'quota' }, 'exact'),
      '$1.5052',
    );
  });

  it('is ∞ for an unlimited key, with what was used if that is known', () => {
    assert.equal(headroomText({ unlimited: true, used: 3, unit: USD, from: 'quota' }), '∞ · used $3.00');
    assert.equal(headroomText({ unlimited: true, unit: USD, from: 'quota' }), '∞');
  });

  it('is absent while nothing is known', () => {
    assert.equal(headroomText({ unlimited: false, unit: USD, from: 'none' }), undefined);
  });
});

describe('requests and per cent', () => {
  const REQUESTS = { code: 'REQUESTS', source: 'gateway' } as const;
  const PERCENT = { code: 'PERCENT', source: 'gateway' } as const;

  it('are counted like other things, and rounded down where they are left', () => {
    assert.equal(amountText(61, REQUESTS), '61 requests');
    assert.equal(amountText(1, REQUESTS), '1 request');
    assert.equal(amountText(12_345, REQUESTS), '12.3K requests');
    assert.deepEqual(
      [12, 12.9, 0.4, 0.004, 0, 100].map(left => amountText(left, PERCENT)),
      ['12%', '12%', '0.4%', '0%', '0%', '100%'],
    );
    assert.equal(amountText(88.1, PERCENT, 'short', 'up'), '89%');
    assert.equal(amountText(88.14, PERCENT, 'exact', 'up'), '88.2%');
    assert.equal(amountText(69.96, PERCENT, 'exact', 'down'), '69.9%', 'never more than there is');
  });
});

describe('counts and shares', () => {
  it('counts are exact by default', () => {
    assert.equal(countText(1_234_567), '1,234,567');
    assert.equal(countText(1_234_567, 'short'), '1.2M');
    assert.equal(countText(1_999_999, 'short'), '1.9M');
    assert.equal(countText(0.1234567), '0.123457');
  });

  const SHARES: readonly [share: number, text: string][] = [
    [1, '100%'],
    [0.9999999, '99%'],
    [0.999, '99%'],
    [0.29, '29%'],
    [0.57, '57%'],
    [0.005, '0%'],
    [0, '0%'],
  ];
  for (const [share, text] of SHARES) {
    it(`${share} is ${text}`, () => assert.equal(percentText(share), text));
  }

  it('only the whole is shown as 100 %', () => {
    const part = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    forAll(part, share => percentText(share) !== '100%');
  });
});

describe('messages', () => {
  it('placeholders are filled by number or name, and values are not parsed as messages', () => {
    assert.equal(l10n.t('{0} of {1}', '{1}', 2), '{1} of 2');
    assert.equal(l10n.t('{used} of {all}', { used: 1, all: 2 }), '1 of 2');
    assert.equal(l10n.t('{0} and {1}', 'one'), 'one and {1}');
  });
});
