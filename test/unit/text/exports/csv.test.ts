import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { csvText } from '../../../../src/text/exports/csv.ts';

describe('a cell of CSV', () => {
  const written = (cell: Parameters<typeof csvText>[1][number][number]) =>
    csvText(['n'], [[cell]]).split('\r\n')[1];

  it('is empty where there is no value, or none that a number can have', () => {
    for (const cell of [undefined, '', Number.NaN, Number.POSITIVE_INFINITY]) assert.equal(written(cell), '');
  });

  it('is 0 for 0, which is a value', () => {
    assert.equal(written(0), '0');
  });

  it('has no exponent, however large or small its number is', () => {
    assert.equal(written(1.5e21), '1500000000000000000000');
    assert.equal(written(-1.5e-7), '-0.00000015');
    assert.equal(written(1e-7), '0.0000001');
  });

  it('is quoted only where it has to be', () => {
    assert.equal(written('plain text'), 'plain text');
    assert.equal(written('a,b'), '"a,b"');
    assert.equal(written('say "x"'), '"say ""x"""');
    assert.equal(csvText(['n'], [['a\r\nb']]), 'n\r\n"a\r\nb"\r\n');
  });
});
