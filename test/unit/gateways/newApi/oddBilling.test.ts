import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { CUSTOM_SITE } from '../../../sampleGateways/siteStatus.ts';
import { json, page, type Reply } from '../../../sampleGateways/wire/reply.ts';
import { BilledSetup } from '../../support/billedSetup.ts';
import { DAY, HOUR, MINUTE } from '../../support/samples.ts';

const LIMIT = 'GET /v1/dashboard/billing/subscription';
const USE = 'GET /v1/dashboard/billing/usage';

/** At 500,000 units a dollar: $10.00 with $0.20 used, $0.50 used of no limit. */
const KEYS = {
  alice: { holds: { remain: 4_900_000, used: 100_000 } },
  carol: { holds: { remain: -250_000, used: 250_000, unlimited: true } },
} as const;

describe('a site with a currency of its own whose rate changes while keys are read by billing', () => {
  let site: BilledSetup;
  afterEach(() => site.close());

  const spentOf = (handle: string) => site.historyOf(handle).reduce((sum, { spent }) => sum + spent, 0);
  const amounts = () => {
    const [alice, carol] = [site.state('alice').reading, site.state('carol').reading];
    return [alice?.quota?.remaining, alice?.quota?.used, carol?.quota?.used, alice?.unit.code];
  };

  async function open(): Promise<void> {
    site = await BilledSetup.open(KEYS, { status: CUSTOM_SITE });
    await site.add('alice');
    await site.add('carol');
    await site.wait(20 * MINUTE);
    // $9.80, $0.20 and $0.50 at 92.5 roubles.
    assert.deepEqual(amounts(), [906.5, 18.5, 46.25, 'CUSTOM']);
    assert.equal(site.state('alice').reading?.source, 'billing');
  }

  it('shows the new rate at once when a person asks, and takes none of it for spend', async () => {
    await open();
    site.setup.gateway.status.custom_currency_exchange_rate = 100;
    await site.refresh('alice');
    await site.refresh('carol');
    await site.wait(10 * MINUTE);
    assert.deepEqual(amounts(), [980, 20, 50, 'CUSTOM']);
    assert.deepEqual([spentOf('alice'), spentOf('carol')], [0, 0]);
  });

  it('shows it within a day by itself, for few scarce calls, and counts what is spent from there on', async () => {
    await open();
    site.setup.gateway.status.custom_currency_exchange_rate = 46.25;
    const before = site.setup.gateway.callsOf({ path: '/api/usage/token/' }).length;
    site.setup.clock.jump(DAY);
    await site.wait(HOUR);
    // Half of the figures before.
    assert.deepEqual(amounts(), [453.25, 9.25, 23.125, 'CUSTOM']);
    assert.deepEqual([spentOf('alice'), spentOf('carol')], [0, 0]);
    assert.equal(site.note()?.mode, 'key');
    // Name and models of each once a day, and one key that shows the mode again.
    const calls = site.setup.gateway.callsOf({ path: '/api/usage/token/' }).length - before;
    assert.ok(calls <= 4, `${calls} scarce calls`);
    site.setup.gateway.spend('alice', { quota: 50_000 });
    await site.wait(10 * MINUTE);
    // $0.10 of it.
    assert.deepEqual(amounts().slice(0, 2), [448.625, 13.875]);
    assert.equal(Math.round(spentOf('alice') * 1000) / 1000, 4.625);
  });
});

describe('the limit that billing tells of a key with one', () => {
  let site: BilledSetup;
  afterEach(() => site.close());

  const limit = (hard_limit_usd: unknown): Reply => json(200, { hard_limit_usd, access_until: 0 });
  const REPLIES: Readonly<Record<string, Reply>> = {
    'as the number for none': limit(100_000_000),
    'in cents': limit(1000),
    'as -1': limit(-1),
    'in yuan': limit(73),
    'as nothing': limit(0),
    'as a web page': page(200, '<!doctype html><p>Hello'),
    'as what an account has': limit(106),
  };
  for (const [name, reply] of Object.entries(REPLIES)) {
    it(`${name} is shown at no time, whether at first or later`, async () => {
      site = await BilledSetup.open(KEYS);
      const expectOwn = () => {
        assert.deepEqual(site.figures('alice').slice(0, 3), ['ok', 9.8, 0.2]);
        assert.equal(site.state('alice').reading?.quota?.unlimited, false);
      };
      site.setup.gateway.setReply(LIMIT, reply);
      await site.add('alice');
      await site.wait(20 * MINUTE);
      expectOwn();
      site.setup.gateway.setReply(LIMIT, undefined);
      // So long a mode is believed that was seen once.
      site.setup.clock.jump(3 * DAY);
      await site.wait(15 * MINUTE);
      assert.deepEqual(site.figures('alice').at(-1), 'billing', 'billing is found again');
      site.setup.gateway.setReply(LIMIT, reply);
      const before = site.setup.gateway.callsOf({ path: '/api/usage/token/' }).length;
      for (let minutes = 0; minutes < 130; minutes += 5) {
        await site.wait(5 * MINUTE);
        expectOwn();
      }
      const calls = site.setup.gateway.callsOf({ path: '/api/usage/token/' }).length - before;
      // One key alone is asked every five minutes.
      assert.ok(calls <= 26, `${calls} scarce calls`);
    });
  }

  it('in cents together with use in dollars, and the other way round, is shown at no time', async () => {
    site = await BilledSetup.open(KEYS);
    await site.add('alice');
    await site.wait(20 * MINUTE);
    assert.equal(site.figures('alice').at(-1), 'billing');
    const use = (total_usage: number) => json(200, { object: 'list', total_usage });
    for (const [hard, used] of [
      [1000, 20],
      [10, 0.2],
      [10, 2000],
      [1000, 2000],
    ] as const) {
      site.setup.gateway.setReply(LIMIT, limit(hard));
      site.setup.gateway.setReply(USE, use(used));
      for (let minutes = 0; minutes < 150; minutes += 5) {
        await site.wait(5 * MINUTE);
        assert.deepEqual(site.figures('alice').slice(0, 3), ['ok', 9.8, 0.2], `${hard} and ${used}`);
      }
    }
  });
});
