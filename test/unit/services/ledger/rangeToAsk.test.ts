import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { LedgerAnswer } from '../../../../src/services/ledger/ledgerAnswer.ts';
import { rangeToAsk } from '../../../../src/services/ledger/rangeToAsk.ts';
import { HOUR, MINUTE, NOW } from '../../support/samples.ts';

const UNIT = { code: 'USD', source: 'gateway' } as const;
const USAGE = { unit: UNIT, total: { used: 1 }, coverage: { complete: false }, source: 'gateway' } as const;
const ACCOUNT = { id: 'a', credential: 'accessToken' } as const;
const DAY_BEFORE = { from: NOW - 24 * HOUR, to: NOW };

/** A key that never had another secret; an account's log has no progress. */
const STORE = { logTries: { formerSecrets: () => [] } } as unknown as Parameters<typeof rangeToAsk>[0];
const asked = (answer: Partial<LedgerAnswer>) =>
  rangeToAsk(STORE, ACCOUNT, DAY_BEFORE, { unit: UNIT, askable: [], ...answer });

describe('what an account is asked of a range', () => {
  it('is the whole of it where the ledger has nothing of it, so that the answer itself counts', () => {
    const askable = [{ from: NOW - 24 * HOUR, to: NOW - 2 * HOUR }];
    assert.deepEqual(asked({ askable }), { range: DAY_BEFORE, isPart: false });
  });

  it('is what is missing, from the quarter of an hour that it begins in up to its last moment', () => {
    const askable = [{ from: NOW - 3 * HOUR - 7 * MINUTE, to: NOW - 2 * HOUR }];
    assert.deepEqual(asked({ askable, usage: USAGE }), {
      range: { from: NOW - 3 * HOUR - 15 * MINUTE, to: NOW - 2 * HOUR - 1 },
      isPart: true,
    });
  });

  it('is nothing where nothing is missing', () => assert.equal(asked({ usage: USAGE }), undefined));
});
