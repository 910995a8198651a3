import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import type { Unit, UnitOverride } from '../../../src/core/quota/unit.ts';
import { type SampleGateway, startSampleGateway } from '../../sampleGateways/server.ts';
import {
  CNY_SITE,
  CUSTOM_SITE,
  FRESH_SITE,
  type SiteStatus,
  TOKENS_SITE,
} from '../../sampleGateways/siteStatus.ts';
import { page } from '../../sampleGateways/wire/reply.ts';
import { TestWindow } from '../support/testWindow.ts';

/** Amounts of a key of 150,000 units, of which 50,000 are used and 100,000 left. */
type Amounts = readonly [granted: number, used: number, remaining: number];
type Row = readonly [what: string, status: SiteStatus, unit: Unit, amounts: Amounts];

const DOLLARS: Amounts = [0.3, 0.1, 0.2];
const YUAN: Amounts = [2.19, 0.73, 1.46];
const RAW: Amounts = [150_000, 50_000, 100_000];
const GATEWAY_USD: Unit = { code: 'USD', source: 'gateway' };
const ASSUMED_USD: Unit = { code: 'USD', source: 'default' };
const ASSUMED_CNY: Unit = { code: 'CNY', source: 'default' };
const ASSUMED_UNITS: Unit = { code: 'UNITS', source: 'default' };
const GATEWAY_CNY: Unit = { code: 'CNY', source: 'gateway' };
const GATEWAY_TOKENS: Unit = { code: 'TOKENS', source: 'gateway' };
const ROUBLES: Unit = { code: 'CUSTOM', symbol: '₽', source: 'gateway' };
const SET_USD: Unit = { code: 'USD', source: 'setting' };
const SET_CNY: Unit = { code: 'CNY', source: 'setting' };
const SET_UNITS: Unit = { code: 'UNITS', source: 'setting' };
const NOTHING: SiteStatus = Object.fromEntries(Object.keys(FRESH_SITE).map(name => [name, undefined]));

/** What is read at a New API gateway whose `/api/status` differs like this; undefined leaves a member out. */
const SITES: readonly Row[] = [
  ['as installed', {}, GATEWAY_USD, DOLLARS],
  ['twice the units a dollar', { quota_per_unit: 1_000_000 }, GATEWAY_USD, [0.15, 0.05, 0.1]],
  ['units a dollar in a string', { quota_per_unit: '250000' }, GATEWAY_USD, [0.6, 0.2, 0.4]],
  ['no units a dollar', { quota_per_unit: undefined }, ASSUMED_USD, DOLLARS],
  ['0 units a dollar', { quota_per_unit: 0 }, ASSUMED_USD, DOLLARS],
  ['negative units a dollar', { quota_per_unit: -500_000 }, ASSUMED_USD, DOLLARS],
  ['a word for units a dollar', { quota_per_unit: 'many' }, ASSUMED_USD, DOLLARS],
  ['yuan at 7.3', CNY_SITE, GATEWAY_CNY, YUAN],
  ['yuan at 1, and a price that is no rate', { ...CNY_SITE, usd_exchange_rate: 1 }, GATEWAY_CNY, DOLLARS],
  ['yuan at a rate in a string', { ...CNY_SITE, usd_exchange_rate: '7.3' }, GATEWAY_CNY, YUAN],
  ['yuan without a rate', { ...CNY_SITE, usd_exchange_rate: undefined }, ASSUMED_USD, DOLLARS],
  ['yuan at a rate of 0', { ...CNY_SITE, usd_exchange_rate: 0 }, ASSUMED_USD, DOLLARS],
  ['yuan, units a dollar unknown', { ...CNY_SITE, quota_per_unit: 0 }, ASSUMED_CNY, YUAN],
  ['tokens', TOKENS_SITE, GATEWAY_TOKENS, RAW],
  ['a currency of its own', CUSTOM_SITE, ROUBLES, [27.75, 9.25, 18.5]],
  ['one without a rate', { ...CUSTOM_SITE, custom_currency_exchange_rate: null }, ASSUMED_USD, DOLLARS],
  ['old, in money', { quota_display_type: undefined, display_in_currency: true }, GATEWAY_USD, DOLLARS],
  ['old, in tokens', { quota_display_type: undefined, display_in_currency: false }, GATEWAY_TOKENS, RAW],
  [
    'the same in a word',
    { quota_display_type: undefined, display_in_currency: 'false' },
    GATEWAY_TOKENS,
    RAW,
  ],
  ['a unit nobody knows', { quota_display_type: 'EUR' }, ASSUMED_USD, DOLLARS],
  ['members of other types', { quota_display_type: 7, display_in_currency: 'yes' }, GATEWAY_USD, DOLLARS],
  ['nothing', NOTHING, ASSUMED_USD, DOLLARS],
  // Numbers that nobody can mean are as if they had not been told, at both ends of what can be.
  ...[1e-300, 0.00099, 1.001e12, 1e300].map(
    (wrong): Row => [`${wrong} units a dollar`, { quota_per_unit: wrong }, ASSUMED_USD, DOLLARS],
  ),
  ['the least units a dollar', { quota_per_unit: 1e-3 }, GATEWAY_USD, [1.5e8, 5e7, 1e8]],
  ['the most units a dollar', { quota_per_unit: 1e12 }, GATEWAY_USD, [0, 0, 0]],
  ...[1e-10, 1.1e9, 1e300].flatMap((wrong): Row[] => [
    [`yuan at ${wrong}`, { ...CNY_SITE, usd_exchange_rate: wrong }, ASSUMED_USD, DOLLARS],
    [
      `a currency of its own at ${wrong}`,
      { ...CUSTOM_SITE, custom_currency_exchange_rate: wrong },
      ASSUMED_USD,
      DOLLARS,
    ],
  ]),
  ['yuan at the most', { ...CNY_SITE, usd_exchange_rate: 1e9 }, GATEWAY_CNY, [3e8, 1e8, 2e8]],
];

/** What the user's own word makes of a yuan site. */
const OVERRIDES: readonly [what: string, override: UnitOverride, unit: Unit, amounts: Amounts][] = [
  ['auto', { unit: 'auto' }, GATEWAY_CNY, YUAN],
  ['dollars', { unit: 'USD' }, SET_USD, DOLLARS],
  ['yuan', { unit: 'CNY' }, SET_CNY, YUAN],
  ['raw units', { unit: 'units' }, SET_UNITS, RAW],
  ['amounts as they are', { unit: 'display' }, GATEWAY_CNY, RAW],
  ['other units a dollar', { unitsPerDollar: 100_000 }, SET_CNY, [10.95, 3.65, 7.3]],
  ['dollars, other units', { unit: 'USD', unitsPerDollar: 100_000 }, SET_USD, [1.5, 0.5, 1]],
];

for (const kind of ['newApi', 'cometApi'] as const) {
  describe(`what ${kind} reads from /api/status`, () => {
    let gateway: SampleGateway;
    let testWindow: TestWindow;

    before(async () => {
      gateway = await startSampleGateway({ kind, scenarios: { ok: {} } });
    });

    beforeEach(async () => {
      testWindow = new TestWindow();
      await testWindow.monitor.start();
    });

    afterEach(async () => {
      for (const name of Object.keys(gateway.status)) delete gateway.status[name];
      Object.assign(gateway.status, FRESH_SITE);
      gateway.setReply('GET /api/status', undefined);
      await testWindow.close();
    });

    after(() => gateway.close());

    async function expectAmounts(unit: Unit, [granted, used, remaining]: Amounts): Promise<void> {
      const { reading } = await testWindow.refreshKey(await testWindow.addKey(gateway, 'ok', { kind }));
      assert.deepEqual({ symbol: undefined, ...reading?.unit }, { symbol: undefined, ...unit });
      assert.deepEqual(reading?.quota, { unlimited: false, granted, used, remaining });
    }

    // CometAPI promises no ratio, so where the gateway tells none, its units are shown as they are.
    const tells = (status: SiteStatus) => {
      const told = Number('quota_per_unit' in status ? status.quota_per_unit : 1);
      return told >= 1e-3 && told <= 1e12;
    };
    for (const [what, status, unit, amounts] of SITES) {
      const raw = kind === 'cometApi' && !tells(status);
      it(`a site with ${what} is read in ${raw ? 'raw units' : `${unit.code}, by ${unit.source}`}`, async () => {
        Object.assign(gateway.status, status);
        await expectAmounts(raw ? ASSUMED_UNITS : unit, raw ? RAW : amounts);
      });
    }

    for (const [what, reply] of [
      ['404', { status: 404 }],
      ['500', { status: 500 }],
      ['a web page', page(200, '<!doctype html><title>x</title>')],
      ['a refusal', { status: 200, body: '{"success":false,"message":"no"}' }],
      ['a reset', { status: 200, delivery: { how: 'reset' } }],
    ] as const) {
      it(`a site that answers ${what} is no reason to have no reading`, async () => {
        gateway.setReply('GET /api/status', reply);
        if (kind === 'newApi') await expectAmounts(ASSUMED_USD, DOLLARS);
        else await expectAmounts(ASSUMED_UNITS, RAW);
      });
    }

    for (const [what, override, unit, amounts] of OVERRIDES) {
      it(`the user's own word, ${what}, goes before a yuan site's`, async () => {
        Object.assign(gateway.status, CNY_SITE);
        testWindow.settings = { ...testWindow.settings, gateways: new Map([[gateway.origin, override]]) };
        await expectAmounts(unit, amounts);
      });
    }

    it('a word on another gateway changes nothing', async () => {
      testWindow.settings = {
        ...testWindow.settings,
        gateways: new Map([['https://gw.example', { unit: 'CNY' }]]),
      };
      await expectAmounts(GATEWAY_USD, DOLLARS);
    });
  });
}
