import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import type { Unit } from '../../../src/core/quota/unit.ts';
import { CNY_SITE, CUSTOM_SITE, type SiteStatus, TOKENS_SITE } from '../../sampleGateways/siteStatus.ts';
import { json } from '../../sampleGateways/wire/reply.ts';
import { TestSetup } from '../support/testSetup.ts';
import { accountHours, accountLogs, keyUsage } from './asking.ts';
import { spend, TEAM } from './fixture.ts';

interface Figures {
  readonly granted: number;
  readonly used: number;
  readonly remaining: number;
  /** What alice spent in June. */
  readonly spent: number;
  /** What the account has left. */
  readonly balance: number;
  /** The last row of the log. */
  readonly row: number;
  /** What the account spent in June. */
  readonly all: number;
}

interface Site {
  readonly status: SiteStatus;
  readonly unit: Unit;
  readonly figures: Figures;
}

/** 1,250,000 = 325,000 + 925,000 units; 75,000 spent; 4,825,000 in the wallet; a row of 100,000; 175,000 in all. */
const SITES: Readonly<Record<string, Site>> = {
  'USD, 500,000 units to the dollar': {
    status: {},
    unit: { code: 'USD', source: 'gateway' },
    figures: { granted: 2.5, used: 0.65, remaining: 1.85, spent: 0.15, balance: 9.65, row: 0.2, all: 0.35 },
  },
  'CNY at 7.3 to the dollar, whatever a top-up costs': {
    status: CNY_SITE,
    unit: { code: 'CNY', source: 'gateway' },
    figures: {
      granted: 18.25,
      used: 4.745,
      remaining: 13.505,
      spent: 1.095,
      balance: 70.445,
      row: 1.46,
      all: 2.555,
    },
  },
  TOKENS: {
    status: TOKENS_SITE,
    unit: { code: 'TOKENS', source: 'gateway' },
    figures: {
      granted: 1_250_000,
      used: 325_000,
      remaining: 925_000,
      spent: 75_000,
      balance: 4_825_000,
      row: 100_000,
      all: 175_000,
    },
  },
  'CUSTOM, ₽ at 92.5 to the dollar': {
    status: CUSTOM_SITE,
    unit: { code: 'CUSTOM', symbol: '₽', source: 'gateway' },
    figures: {
      granted: 231.25,
      used: 60.125,
      remaining: 171.125,
      spent: 13.875,
      balance: 892.625,
      row: 18.5,
      all: 32.375,
    },
  },
};

describe('units of a site', () => {
  let setup: TestSetup;
  afterEach(() => setup.close());

  for (const [name, { status, unit, figures }] of Object.entries(SITES)) {
    const { spent, balance, row, all, ...quota } = figures;

    for (const kind of ['newApi', 'cometApi', 'aioHub'] as const) {
      it(`${kind}, ${name}: a key and what it spent`, async () => {
        setup = await TestSetup.open({ kind, status, accounts: [TEAM] });
        spend(setup.gateway);
        const reading = await setup.read(setup.key('alice'));
        assert.deepEqual(plain(reading.unit), unit);
        assert.deepEqual(reading.quota, { unlimited: false, ...quota });
        const usage = await keyUsage(setup, 'alice');
        assert.deepEqual([plain(usage.unit), usage.total?.used], [unit, spent]);
      });
    }

    for (const kind of ['newApi', 'aioHub'] as const) {
      it(`${kind}, ${name}: an account, its keys, its log and its sums`, async () => {
        setup = await TestSetup.open({ kind, status, accounts: [TEAM] });
        spend(setup.gateway);
        const { account, accountKeys, ...reading } = await setup.read(setup.account('team'));
        assert.deepEqual([plain(reading.unit), account?.balance], [unit, balance]);
        const alice = accountKeys?.find(key => key.name === 'alice');
        assert.deepEqual([alice?.remaining, alice?.used], [quota.remaining, quota.used]);
        const logs = await accountLogs(setup);
        assert.deepEqual([plain(logs.unit), logs.rows[0]?.amount], [unit, row]);
        const hours = await accountHours(setup);
        assert.deepEqual([plain(hours.unit), hours.total?.used], [unit, all]);
      });
    }

    it(`billing endpoints, ${name}`, async () => {
      setup = await TestSetup.open({ status, accounts: [TEAM] });
      spend(setup.gateway);
      setup.gateway.setReply('GET /api/usage/token/', json(404, { error: { message: 'Invalid URL' } }));
      const reading = await setup.read(setup.key('alice'));
      // New API's billing code knows no custom currency and falls back to dollars.
      const usd = SITES['USD, 500,000 units to the dollar'];
      const expected = unit.code === 'CUSTOM' && usd ? usd : { unit, figures };
      const { granted, used, remaining } = expected.figures;
      assert.deepEqual(plain(reading.unit), expected.unit);
      assert.deepEqual(reading.quota, { unlimited: false, granted, used, remaining });
    });
  }
});

function plain(unit: Unit): Unit {
  return JSON.parse(JSON.stringify(unit)) as Unit;
}
