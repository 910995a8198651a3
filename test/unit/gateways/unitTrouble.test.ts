import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import type { GatewaySettings } from '../../../src/core/ports/settings.ts';
import type { Unit } from '../../../src/core/quota/unit.ts';
import type { GatewayKind } from '../../sampleGateways/kinds.ts';
import { CNY_SITE, CUSTOM_SITE, type SiteStatus, TOKENS_SITE } from '../../sampleGateways/siteStatus.ts';
import { json } from '../../sampleGateways/wire/reply.ts';
import { TestSetup } from '../support/testSetup.ts';
import { SETTINGS } from '../support/testWindow.ts';
import { spend, TEAM } from './fixture.ts';

interface Case {
  readonly kind?: GatewayKind;
  /** What `/api/status` tells; `none` is a site without that page. */
  readonly status: SiteStatus | 'none';
  readonly setting?: GatewaySettings;
  /** Through the billing endpoints. */
  readonly billing?: true;
  readonly unit: Unit;
  /** What 925,000 units are shown as. */
  readonly remaining: number;
}

const usd = (source: Unit['source']): Unit => ({ code: 'USD', source });

/** What a site does not tell, or tells wrongly: the fallback is marked as one, and no rate is made up. */
const UNTOLD: Readonly<Record<string, Case>> = {
  'no status page: the usual measure, marked': { status: 'none', unit: usd('default'), remaining: 1.85 },
  'no units per dollar': { status: { quota_per_unit: null }, unit: usd('default'), remaining: 1.85 },
  'zero units per dollar': { status: { quota_per_unit: 0 }, unit: usd('default'), remaining: 1.85 },
  'units per dollar as a word': { status: { quota_per_unit: 'many' }, unit: usd('default'), remaining: 1.85 },
  'units per dollar as text': {
    status: { quota_per_unit: '1000000' },
    unit: usd('gateway'),
    remaining: 0.925,
  },
  'yuan without a rate': {
    status: { ...CNY_SITE, usd_exchange_rate: undefined },
    unit: usd('default'),
    remaining: 1.85,
  },
  'own currency without a rate': {
    status: { ...CUSTOM_SITE, custom_currency_exchange_rate: 0 },
    unit: usd('default'),
    remaining: 1.85,
  },
  'a unit that nobody knows': {
    status: { quota_display_type: 'BEADS' },
    unit: usd('default'),
    remaining: 1.85,
  },
  'an old site that shows tokens': {
    status: { quota_display_type: undefined, display_in_currency: false },
    unit: { code: 'TOKENS', source: 'gateway' },
    remaining: 925_000,
  },
  'CometAPI promises no ratio': {
    kind: 'cometApi',
    status: 'none',
    unit: { code: 'UNITS', source: 'default' },
    remaining: 925_000,
  },
  'AIOHub without a status page: its numbers, without a name': {
    kind: 'aioHub',
    status: 'none',
    unit: { code: 'CUSTOM', source: 'default' },
    remaining: 1.85,
  },
};

const setting = (unit: GatewaySettings['unit'], unitsPerDollar?: number): GatewaySettings => ({
  unit,
  ...(unitsPerDollar !== undefined && { unitsPerDollar }),
});
const yuan: Unit = { code: 'CNY', source: 'setting' };

/** The user's own word wins. */
const OVERRIDDEN: Readonly<Record<string, Case>> = {
  'dollars on a yuan site': {
    status: CNY_SITE,
    setting: setting('USD'),
    unit: usd('setting'),
    remaining: 1.85,
  },
  'yuan on a dollar site': { status: {}, setting: setting('CNY'), unit: yuan, remaining: 13.505 },
  'the plain units': {
    status: {},
    setting: setting('units'),
    unit: { code: 'UNITS', source: 'setting' },
    remaining: 925_000,
  },
  'numbers that already are amounts': {
    status: {},
    setting: setting('display'),
    unit: usd('gateway'),
    remaining: 925_000,
  },
  'another measure': { status: {}, setting: setting('auto', 1e6), unit: usd('setting'), remaining: 0.925 },
  'a measure for CometAPI, which tells none': {
    kind: 'cometApi',
    status: 'none',
    setting: setting('auto', 500_000),
    unit: usd('setting'),
    remaining: 1.85,
  },
  'dollars from AIOHub’s yuan': {
    kind: 'aioHub',
    status: CNY_SITE,
    setting: setting('USD'),
    unit: usd('setting'),
    remaining: 1.85,
  },
  'yuan from AIOHub’s dollars': {
    kind: 'aioHub',
    status: {},
    setting: setting('CNY'),
    unit: yuan,
    remaining: 13.505,
  },
  'dollars from AIOHub’s roubles': {
    kind: 'aioHub',
    status: CUSTOM_SITE,
    setting: setting('USD'),
    unit: usd('setting'),
    remaining: 1.85,
  },
  'a name for AIOHub’s numbers': {
    kind: 'aioHub',
    status: 'none',
    setting: setting('USD'),
    unit: usd('setting'),
    remaining: 1.85,
  },
  'dollars from tokens by the billing endpoints': {
    status: TOKENS_SITE,
    billing: true,
    setting: setting('USD'),
    unit: usd('setting'),
    remaining: 1.85,
  },
  'yuan by the billing endpoints of a site with its own currency': {
    status: CUSTOM_SITE,
    billing: true,
    setting: setting('CNY'),
    unit: yuan,
    remaining: 13.505,
  },
};

for (const [title, cases] of Object.entries({
  'units that a site hides': UNTOLD,
  'units by setting': OVERRIDDEN,
})) {
  describe(title, () => {
    let setup: TestSetup;
    afterEach(() => setup.close());

    for (const [name, each] of Object.entries(cases)) {
      it(name, async () => {
        setup = await open(each);
        const { unit, quota } = await setup.read(setup.key('alice'));
        assert.deepEqual(JSON.parse(JSON.stringify(unit)), each.unit);
        assert.equal(quota?.remaining, each.remaining);
      });
    }
  });
}

async function open({ kind = 'newApi', status, setting: own, billing }: Case): Promise<TestSetup> {
  const setup = await TestSetup.open({ kind, accounts: [TEAM], ...(status !== 'none' && { status }) });
  const missing = json(404, { error: { message: 'Invalid URL' } });
  if (status === 'none') setup.gateway.setReply('GET /api/status', missing);
  if (billing) setup.gateway.setReply('GET /api/usage/token/', missing);
  spend(setup.gateway);
  if (own) setup.testWindow.settings = { ...SETTINGS, gateways: new Map([[setup.gateway.origin, own]]) };
  return setup;
}
