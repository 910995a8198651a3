import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Unit } from '../../../src/core/quota/unit.ts';
import { allDigits, averageText, centsText, isMoney } from '../../../src/webview/usage/amounts.ts';

const USD: Unit = { code: 'USD', source: 'gateway' };
const TOKENS: Unit = { code: 'TOKENS', source: 'gateway' };

describe('amounts in the tables of the usage panel', () => {
  it('are to the nearest cent, and a fraction of one does not look like nothing', () => {
    const cents = (amount: number) => centsText(amount, USD);
    assert.deepEqual([0, 1.234, 1.235, 0.005, 1234.5].map(cents), [
      '$0.00',
      '$1.23',
      '$1.24',
      '$0.01',
      '$1,234.50',
    ]);
    assert.deepEqual([0.0049, 0.000001].map(cents), ['< $0.01', '< $0.01']);
    assert.equal(centsText(-1.006, { code: 'CUSTOM', symbol: 'cr', source: 'gateway' }), '-cr\u00a01.01');
  });

  it('have all their digits for those who ask', () => {
    assert.equal(allDigits(0.1234567891, USD), '$0.1234567891');
    assert.equal(allDigits(0.1 + 0.2, USD), '$0.30', 'and no errors of the arithmetic');
  });

  it('are money, or counts that have no cents', () => {
    const codes = ['USD', 'CNY', 'CUSTOM', 'TOKENS', 'UNITS'] as const;
    assert.deepEqual(
      codes.map(code => isMoney({ code, source: 'gateway' })),
      [true, true, true, false, false],
    );
  });

  it('are averages with three digits below 1', () => {
    const average = (amount: number) => averageText(amount, USD);
    assert.deepEqual([12.345, 1, 0.5, 0.0123456, 0.000009876, 0].map(average), [
      '$12.35',
      '$1.00',
      '$0.500',
      '$0.0123',
      '$0.00000988',
      '$0.00',
    ]);
    assert.equal(averageText(10 / 3, TOKENS), '3.33 tokens');
  });
});
