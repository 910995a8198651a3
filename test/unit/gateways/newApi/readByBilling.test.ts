import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { CNY_SITE, CUSTOM_SITE, TOKENS_SITE } from '../../../sampleGateways/siteStatus.ts';
import { json, type Reply } from '../../../sampleGateways/wire/reply.ts';
import { BilledSetup } from '../../support/billedSetup.ts';
import { HOUR, MINUTE } from '../../support/samples.ts';

const USE = 'GET /v1/dashboard/billing/usage';

/** At 500,000 units a dollar: $10.00 with $0.20 used, $6.00 with $1.00 used, $0.50 used of no limit. */
const KEYS = {
  alice: { holds: { name: 'Alice', remain: 4_900_000, used: 100_000 } },
  bob: {
    holds: {
      name: 'Bob',
      remain: 2_500_000,
      used: 500_000,
      modelLimits: 'gpt-4.1',
      modelLimitsEnabled: true,
    },
  },
  carol: { holds: { name: 'Carol', remain: -250_000, used: 250_000, unlimited: true } },
  unused: { holds: { name: 'Unused', remain: 1_000_000, used: 0 } },
  ends: { holds: { name: 'Ends', remain: 1_000_000, used: 0, expiresAt: 4_102_444_800 } },
  'unused unlimited': { holds: { name: 'Free', remain: 0, used: 0, unlimited: true } },
} as const;

/** The only key that was used has the figures of its account. */
const SINGLE = {
  alice: { holds: { remain: 49_900_000, used: 100_000 } },
  bob: { holds: { remain: 2_500_000, used: 500_000 } },
} as const;

const answer = (total_usage: unknown): Reply => json(200, { object: 'list', total_usage });
const page: Reply = {
  status: 200,
  headers: { 'Content-Type': 'text/html' },
  body: '<!doctype html><p>Hello',
};

describe('a site whose billing tells the key’s own figures', () => {
  let site: BilledSetup;
  afterEach(() => site.close());

  const open = async (...args: Parameters<typeof BilledSetup.open>) => {
    site = await BilledSetup.open(...args);
    return site;
  };

  it('is found by one key that says the same both ways', async () => {
    await open(KEYS);
    await site.add('alice');
    assert.equal(site.note()?.mode, 'key');
    assert.deepEqual(site.asked('alice'), { own: 1, use: 1, limit: 1 });
    await site.add('bob');
    assert.deepEqual(site.figures('bob'), ['ok', 5, 1, 'billing']);
    assert.deepEqual(
      [site.state('bob').reading?.name, site.state('bob').reading?.models],
      ['Bob', ['gpt-4.1']],
    );
    await site.add('carol');
    assert.deepEqual(site.state('carol').reading?.quota, { unlimited: true, used: 0.5 });
  });

  for (const [handle, mode] of [
    ['unused', undefined],
    ['ends', 'key'],
    ['unused unlimited', 'key'],
  ] as const) {
    it(`is ${mode ? 'found' : 'not found'} by a key that nobody has used: ${handle}`, async () => {
      await open(KEYS);
      await site.add(handle);
      assert.equal(site.note()?.mode, mode);
    });
  }

  for (const [name, status, unit] of [
    ['yuan', CNY_SITE, 'CNY'],
    ['tokens', TOKENS_SITE, 'TOKENS'],
    ['a currency of its own, of which billing tells dollars', CUSTOM_SITE, 'CUSTOM'],
  ] as const) {
    it(`tells the same figures in ${name}`, async () => {
      await open(KEYS, { status });
      await site.add('alice');
      const own = site.state('alice').reading;
      await site.wait(10 * MINUTE);
      const { reading } = site.state('alice');
      assert.deepEqual([own?.source, reading?.source, reading?.unit.code], [undefined, 'billing', unit]);
      assert.deepEqual(reading?.quota, own?.quota);
    });
  }

  it('is asked for the use alone while nothing moves, and for the limit every two hours', async () => {
    await open(KEYS);
    await site.add('alice');
    await site.wait(10 * MINUTE);
    site.asked('alice');
    await site.wait(30 * MINUTE);
    const { use, ...others } = site.asked('alice');
    assert.deepEqual(others, { own: 0, limit: 0 });
    assert.ok(use >= 3, `${use} times`);
    await site.wait(75 * MINUTE);
    assert.equal(site.asked('alice').limit, 0);
    await site.wait(15 * MINUTE);
    assert.equal(site.asked('alice').limit, 1);
  });

  it('is asked for the limit once an hour while the use grows by little', async () => {
    await open({ ...KEYS, alice: { holds: { remain: 4_900_000, used: 1_000_000 } } });
    await site.add('alice');
    await site.wait(20 * MINUTE);
    site.setup.gateway.spend('alice', { quota: 100_000 });
    await site.wait(10 * MINUTE);
    site.asked('alice');
    let moves = 0;
    let limits = 0;
    for (; moves < 12; moves++) {
      site.setup.gateway.spend('alice', { quota: 5000 });
      await site.wait(5 * MINUTE);
      limits += site.asked('alice').limit;
      // $11.80 of it; each step is half a per cent.
      assert.equal(site.state('alice').reading?.quota?.used, Number((2.2 + 0.01 * (moves + 1)).toFixed(2)));
    }
    assert.equal(limits, 1);
  });

  it('is asked for the limit at once when the use has moved', async () => {
    await open(KEYS);
    await site.add('alice');
    await site.wait(10 * MINUTE);
    site.asked('alice');
    site.setup.gateway.spend('alice', { quota: 50_000 });
    await site.wait(10 * MINUTE);
    assert.equal(site.asked('alice').limit, 1);
    assert.deepEqual(site.figures('alice'), ['ok', 9.7, 0.3, 'billing']);
  });

  it('is asked for the limit of a low key each time', async () => {
    await open({ ...KEYS, low: { holds: { remain: 500_000, used: 4_500_000 } } });
    await site.add('alice');
    await site.add('low');
    await site.wait(10 * MINUTE);
    site.asked('low');
    await site.wait(30 * MINUTE);
    const { use, limit } = site.asked('low');
    assert.ok(use > 0 && limit === use, `${limit} of ${use}`);
  });

  it('is asked for everything by a person, and for name and models once an hour', async () => {
    await open(KEYS);
    await site.add('alice');
    await site.wait(10 * MINUTE);
    site.asked('alice');
    await site.refresh('alice');
    assert.deepEqual(site.asked('alice'), { own: 0, use: 1, limit: 1 });
    await site.wait(HOUR);
    site.asked('alice');
    await site.refresh('alice');
    assert.deepEqual(site.asked('alice'), { own: 1, use: 1, limit: 1 });
  });

  it('asks for name and models once a day, and sees when they have changed', async () => {
    await open(KEYS);
    await site.add('alice');
    await site.add('bob');
    site.asked('bob');
    site.setup.gateway.key('bob').name = 'Robert';
    await site.wait(23 * HOUR);
    assert.deepEqual([site.asked('bob').own, site.state('bob').reading?.name], [0, 'Bob']);
    await site.wait(70 * MINUTE);
    assert.deepEqual([site.asked('bob').own, site.state('bob').reading?.name], [1, 'Robert']);
  }).timeout(120_000);

  it('keeps one record of what was spent, whichever way it was read', async () => {
    await open(KEYS);
    await site.add('alice');
    for (let turn = 0; turn < 3; turn++) {
      site.setup.gateway.spend('alice', { quota: 1000 });
      await site.wait(10 * MINUTE);
    }
    const rows = site.historyOf('alice');
    assert.equal(new Set(rows.map(({ series }) => series)).size, 1);
    assert.equal(
      rows.reduce((sum, { spent }) => sum + spent, 0),
      0.006,
    );
  });
});

describe('billing that is not to be believed', () => {
  let site: BilledSetup;
  afterEach(() => site.close());

  const open = async (...args: Parameters<typeof BilledSetup.open>) => {
    site = await BilledSetup.open(...args);
    await site.add('alice');
  };
  const set = (route: string, reply: Reply | undefined) => site.setup.gateway.setReply(route, reply);

  it('is not read where it tells the account’s figures', async () => {
    await open(KEYS, { settings: { displayTokenStat: false } });
    assert.equal(site.note()?.mode, 'account');
    await site.add('carol');
    assert.deepEqual(site.figures('alice'), ['ok', 9.8, 0.2, undefined]);
    assert.deepEqual(site.state('carol').reading?.quota, { unlimited: true, used: 0.5 });
  });

  it('is not read where an account tells the same as its only key, but no end', async () => {
    const only = { holds: { remain: 1_000_000, used: 100_000, expiresAt: 4_102_444_800 } };
    site = await BilledSetup.open({ only }, { settings: { displayTokenStat: false } });
    Object.assign(site.setup.gateway.account('team'), { quota: 1_000_000, used: 100_000 });
    await site.add('only');
    assert.equal(site.note()?.mode, 'account');
  });

  const NEVER: Readonly<Record<string, readonly [Reply, string | undefined]>> = {
    'dollars in place of cents': [answer(0.2), 'account'],
    // Less than ten times as much may have been used meanwhile.
    'the use in another unit than the limit': [answer(20 * 7.3), undefined],
    'a number with more digits than the gateway counts': [answer(20.00001), 'account'],
    'text without a number': [answer('many'), undefined],
    'a web page': [page, undefined],
    'no such page': [json(404, { error: { message: 'Invalid URL (GET /v1)' } }), undefined],
    'too many requests': [{ status: 429, headers: {} }, undefined],
  };
  for (const [name, [reply, mode]] of Object.entries(NEVER)) {
    it(`is not read where it never told the key’s: ${name}`, async () => {
      site = await BilledSetup.open(KEYS);
      set(USE, reply);
      await site.add('alice');
      assert.equal(site.note()?.mode, mode);
      await site.wait(10 * MINUTE);
      assert.deepEqual(site.figures('alice'), ['ok', 9.8, 0.2, undefined]);
    });
  }

  it('is given up for all keys when it begins to tell the account’s figures', async () => {
    await open(KEYS);
    await site.add('bob');
    await site.add('carol');
    site.setup.gateway.settings.displayTokenStat = false;
    await site.wait(10 * MINUTE);
    assert.equal(site.note()?.mode, 'account');
    await site.wait(20 * MINUTE);
    assert.deepEqual(site.figures('alice'), ['ok', 9.8, 0.2, undefined]);
    assert.deepEqual(site.figures('bob'), ['ok', 5, 1, undefined]);
    assert.deepEqual(site.state('carol').reading?.quota, { unlimited: true, used: 0.5 });
  });

  const LATER: Readonly<Record<string, Reply>> = {
    'dollars in place of cents': answer(0.2),
    'cents a hundred times over': answer(2000),
    'no whole number': answer(20.00001),
    'a web page': page,
    'no such page': json(404, { error: { message: 'Invalid URL (GET /v1)' } }),
    'no figure': json(200, { object: 'list' }),
  };
  for (const [name, reply] of Object.entries(LATER)) {
    it(`is given up when it begins to tell ${name}`, async () => {
      await open(KEYS);
      await site.wait(10 * MINUTE);
      set(USE, reply);
      await site.wait(10 * MINUTE);
      assert.deepEqual(site.figures('alice'), ['ok', 9.8, 0.2, undefined]);
      assert.notEqual(site.note()?.mode, 'key');
      assert.equal(site.state('alice').failure, undefined);
    });
  }

  for (const [name, reply] of [
    ['is in trouble', { status: 500, headers: {} }],
    ['asks for a pause', { status: 429, headers: {} }],
  ] as const) {
    it(`keeps the last figures while it ${name}`, async () => {
      await open(KEYS);
      await site.wait(10 * MINUTE);
      site.asked('alice');
      set(USE, reply);
      await site.wait(10 * MINUTE);
      assert.deepEqual([site.asked('alice').own, site.note()?.mode], [0, 'key']);
      assert.ok(site.state('alice').failure);
      assert.equal(site.state('alice').reading?.quota?.remaining, 9.8);
      set(USE, undefined);
      await site.wait(30 * MINUTE);
      assert.equal(site.state('alice').failure, undefined);
      assert.equal(site.asked('alice').own, 0, 'its figures were remembered meanwhile');
    });
  }

  it('asks no key itself while a proxy in between asks for a pause', async () => {
    await open(KEYS);
    await site.wait(10 * MINUTE);
    site.asked('alice');
    set(USE, { ...page, status: 429 });
    await site.wait(10 * MINUTE);
    assert.deepEqual([site.asked('alice').own, site.note()?.mode], [0, 'key']);
    assert.equal(site.state('alice').reading?.quota?.remaining, 9.8);
  });

  it('of a key that was topped up is confirmed by the key, once', async () => {
    await open(KEYS);
    await site.wait(10 * MINUTE);
    site.asked('alice');
    site.setup.gateway.key('alice').remain += 1_000_000;
    await site.wait(130 * MINUTE);
    assert.equal(site.asked('alice').own, 1);
    assert.deepEqual(site.figures('alice'), ['ok', 11.8, 0.2, 'billing']);
    assert.equal(site.note()?.mode, 'key');
  });

  it('in another unit is seen to be that, though the site’s status is a day old', async () => {
    await open(KEYS);
    await site.wait(20 * MINUTE);
    Object.assign(site.setup.gateway.status, CNY_SITE);
    await site.wait(10 * MINUTE);
    // $9.80 and $0.20 at 7.3 yuan.
    assert.deepEqual(site.figures('alice').slice(1, 3), [71.54, 1.46]);
    assert.equal(site.state('alice').reading?.unit.code, 'CNY');
    await site.wait(10 * MINUTE);
    assert.deepEqual(site.figures('alice'), ['ok', 71.54, 1.46, 'billing']);
  });

  it('at another rate is seen to be that, though the site’s status is minutes old', async () => {
    await open(KEYS, { status: CNY_SITE });
    await site.add('bob');
    await site.wait(6 * MINUTE);
    site.setup.gateway.status.usd_exchange_rate = 7.7;
    await site.wait(6 * MINUTE);
    // $9.80 and $0.20, $5.00 and $1.00 at 7.7 yuan.
    assert.deepEqual(site.figures('alice').slice(1, 3), [75.46, 1.54]);
    assert.deepEqual(site.figures('bob').slice(1, 3), [38.5, 7.7]);
    assert.notEqual(site.note()?.mode, 'account');
    await site.wait(10 * MINUTE);
    assert.deepEqual([site.note()?.mode, site.figures('bob').at(-1)], ['key', 'billing']);
  });

  for (const [name, status, unit, used] of [
    ['in another unit', CNY_SITE, 'CNY', 3.65],
    ['at another scale', { quota_per_unit: 250_000 }, 'USD', 1],
  ] as const) {
    it(`${name} is seen to be that without a limit to compare`, async () => {
      site = await BilledSetup.open({ carol: KEYS.carol });
      await site.add('carol');
      await site.wait(20 * MINUTE);
      Object.assign(site.setup.gateway.status, status);
      await site.wait(10 * MINUTE);
      const { reading } = site.state('carol');
      // $0.50 at 7.3 yuan; 250,000 units at 250,000 a dollar.
      assert.deepEqual([reading?.unit.code, reading?.quota?.used], [unit, used]);
      const spent = site.historyOf('carol').reduce((sum, row) => sum + row.spent, 0);
      assert.equal(spent, 0);
    });
  }

  it('is not asked of a key again and again that is given back what a request did not need', async () => {
    await open(KEYS);
    await site.add('carol');
    await site.wait(20 * MINUTE);
    site.asked('alice');
    const own = () =>
      ['alice', 'carol'].map(key => site.setup.gateway.callsOf({ path: '/api/usage/token/', key }).length);
    const before = own();
    for (let turn = 0; turn < 3; turn++) {
      for (const key of ['alice', 'carol']) site.setup.gateway.spend(key, { quota: 20_000 });
      await site.wait(6 * MINUTE);
      for (const key of ['alice', 'carol']) site.setup.gateway.refund(key, { quota: 19_000 });
      await site.wait(6 * MINUTE);
    }
    assert.deepEqual(own(), before);
    // $9.80 and $0.20, $0.50 before; three times $0.002.
    assert.deepEqual(site.figures('alice'), ['ok', 9.794, 0.206, 'billing']);
    assert.equal(site.state('carol').reading?.quota?.used, 0.506);
  });

  it('of an account with a single key is not taken for another key’s', async () => {
    await open(SINGLE, {
      accounts: [{ name: 'team', quota: 49_900_000, used: 100_000, keys: SINGLE }],
      settings: { displayTokenStat: false },
    });
    assert.equal(site.note()?.mode, 'key', 'nothing shows yet that these are the account’s');
    const { store } = site.setup.testWindow;
    const { clock, gateway } = site.setup;
    store.transaction(() => {
      for (let call = 0; call < 9; call++)
        store.requests.addCall(gateway.origin, 'scarce', clock.now(), false);
    });
    await site.add('bob');
    assert.equal(site.state('bob').reading, undefined, 'no figures are better than the account’s');
    await site.wait(30 * MINUTE);
    assert.deepEqual([site.figures('bob'), site.note()?.mode], [['ok', 5, 1, undefined], 'account']);
  });

  it('that once did not answer is read again with the next check', async () => {
    await open(KEYS);
    await site.wait(10 * MINUTE);
    site.asked('alice');
    set(USE, page);
    while (site.asked('alice').use === 0) await site.wait(30_000);
    set(USE, undefined);
    await site.wait(30_000);
    assert.deepEqual([site.note()?.mode, site.figures('alice')], ['key', ['ok', 9.8, 0.2, undefined]]);
    await site.wait(6 * MINUTE);
    assert.deepEqual(site.figures('alice'), ['ok', 9.8, 0.2, 'billing']);
    site.asked('alice');
    set(USE, page);
    while (site.asked('alice').use === 0) await site.wait(30_000);
    assert.equal(site.note()?.mode, 'key', 'it has answered in between');
  });

  it('that did not answer for a while is found again when it does', async () => {
    await open(KEYS);
    await site.wait(10 * MINUTE);
    set(USE, page);
    await site.wait(12 * MINUTE);
    assert.equal(site.note()?.mode, 'none');
    set(USE, undefined);
    await site.wait(40 * MINUTE);
    assert.deepEqual([site.note()?.mode, site.figures('alice')], ['key', ['ok', 9.8, 0.2, 'billing']]);
  });

  it('keeps the last figures while it does not answer and there is no room to ask the key', async () => {
    await open(KEYS);
    await site.wait(10 * MINUTE);
    const { store } = site.setup.testWindow;
    const { clock, gateway } = site.setup;
    store.transaction(() => {
      for (let call = 0; call < 4; call++)
        store.requests.addCall(gateway.origin, 'scarce', clock.now(), false);
    });
    site.asked('alice');
    set(USE, page);
    while (site.asked('alice').use === 0) await site.wait(30_000);
    await site.wait(30_000);
    const { failure, reading } = site.state('alice');
    assert.deepEqual([failure?.class, reading?.quota?.remaining], ['transient', 9.8]);
  });

  it('of a limit in tokens that is the number for none is asked of the key', async () => {
    await open(
      { ...KEYS, rich: { holds: { remain: 90_000_000, used: 10_000_000 } } },
      { status: TOKENS_SITE },
    );
    await site.add('rich');
    const quota = { unlimited: false, granted: 100_000_000, used: 10_000_000, remaining: 90_000_000 };
    assert.deepEqual(site.state('rich').reading?.quota, quota);
    await site.wait(20 * MINUTE);
    assert.deepEqual(
      [site.state('rich').reading?.quota, site.state('rich').reading?.source],
      [quota, 'billing'],
    );
  });

  it('of a new key that repeats another’s figures is asked of the key', async () => {
    await open({ ...KEYS, twin: { holds: { remain: 2_500_000, used: 500_000 } } });
    await site.add('bob');
    site.asked('twin');
    await site.add('twin');
    assert.equal(site.asked('twin').own, 1);
    assert.deepEqual(site.figures('twin'), ['ok', 5, 1, undefined]);
    assert.equal(site.note()?.mode, 'key');
  });

  it('of a key without an end that had one is asked of the key', async () => {
    await open(KEYS);
    await site.add('ends');
    await site.wait(10 * MINUTE);
    site.asked('ends');
    site.setup.gateway.key('ends').expiresAt = -1;
    await site.wait(130 * MINUTE);
    assert.equal(site.asked('ends').own, 1);
    assert.equal(site.state('ends').reading?.expiresAt, null);
  });

  it('is looked at again when the site is of another version', async () => {
    await open(KEYS);
    site.setup.gateway.status.version = 'v0.13.0';
    await site.refresh('alice');
    assert.equal(site.note()?.version, 'v0.13.0');
  });
});
