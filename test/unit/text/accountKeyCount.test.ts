import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Reading } from '../../../src/core/quota/reading.ts';
import { accountKeyCountText, accountKeysText } from '../../../src/text/accountKeyCount.ts';
import { unreadableTexts } from '../../../src/text/unreadableText.ts';

const keys = (count: number) => Array<object>(count).fill({}) as unknown as Reading['accountKeys'];
const reading = (more: Partial<Reading>): Reading => ({
  takenAt: '2026-06-01T00:00:00.000Z',
  unit: { code: 'USD', source: 'gateway' },
  ...more,
});

describe('how many keys an account has', () => {
  it('is a number where the list was read to its end', () => {
    assert.equal(accountKeyCountText({ accountKeys: keys(7) }), '7');
  });

  it('is a part of the number that the gateway tells, where some are missing', () => {
    assert.equal(
      accountKeyCountText({ accountKeys: keys(5100), accountKeysMissing: { total: 6000 } }),
      '5,100 of 6,000',
    );
  });

  it('is at least what was read where the gateway tells no number', () => {
    assert.equal(accountKeyCountText({ accountKeys: keys(800), accountKeysMissing: {} }), 'at least 800');
  });

  it('has its noun in the singular where the number it is part of is one', () => {
    assert.equal(accountKeysText({ accountKeys: keys(1) }), '1 key');
    assert.equal(accountKeysText({ accountKeys: keys(1), accountKeysMissing: {} }), 'at least 1 key');
    assert.equal(accountKeysText({ accountKeys: [], accountKeysMissing: { total: 1 } }), '0 of 1 key');
    assert.equal(accountKeysText({ accountKeys: keys(1), accountKeysMissing: { total: 9 } }), '1 of 9 keys');
  });

  it('is not known where no list was read', () => {
    assert.equal(accountKeyCountText({}), undefined);
    assert.equal(accountKeysText({}), undefined);
  });
});

describe('what of a reading could not be read', () => {
  it('is named part by part', () => {
    assert.deepEqual(
      unreadableTexts(reading({ accountKeysMissing: {}, unreadable: ['budget', 'plan', 'balance'] })),
      ['key list unreadable', 'budget unreadable', 'plan unreadable', 'balance unreadable'],
    );
  });

  it('is nothing where all of it could, and where a list was read in part', () => {
    assert.deepEqual(unreadableTexts(reading({})), []);
    assert.deepEqual(unreadableTexts(reading({ accountKeys: keys(1), accountKeysMissing: {} })), []);
    assert.deepEqual(unreadableTexts(undefined), []);
  });
});
