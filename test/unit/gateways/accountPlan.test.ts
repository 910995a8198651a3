import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { secretFor } from '../../gateway/secrets.ts';
import type { Answer } from '../../reports/report.ts';
import { ReportGateway } from '../../reports/reportGateway.ts';
import { ManualClock } from '../support/manualClock.ts';
import { World } from '../support/world.ts';

const data = (data: unknown): Answer => ({ status: 200, headers: {}, json: { success: true, data } });
const SITE = { quota_per_unit: 500_000, quota_display_type: 'USD' };
const PLAN = { amount_total: 10_000_000, amount_used: 100_000, status: 'active', end_time: '{now+864000}' };

let gateway: ReportGateway;
let world: World;

async function checked(wallet: number, plans: Answer) {
  gateway.answers.set('/api/status', data(SITE));
  gateway.answers.set('/api/user/self', data({ id: 7, username: 'team', quota: wallet }));
  gateway.answers.set('/api/token/', data({ items: [], total: 0 }));
  gateway.answers.set('/api/subscription/self', plans);
  const draft = { label: 'Team', kind: 'newApi', credential: 'accessToken', userId: '7' } as const;
  const id = await world.book.add({ ...draft, origin: gateway.origin, secret: secretFor('plans') });
  return world.refreshed(id);
}

describe('the plans of an account with an empty wallet', () => {
  beforeEach(async () => {
    const clock = new ManualClock();
    gateway = await ReportGateway.start(clock.now);
    world = new World({ clock });
  });

  afterEach(async () => {
    await world.close();
    await gateway.stop();
  });

  const unreadable: Record<string, Answer> = {
    'without a wrapping': data({ subscriptions: [PLAN] }),
    'without what was used': data({ subscriptions: [{ subscription: { ...PLAN, amount_used: null } }] }),
    'as a bare list': data([{ subscription: PLAN }]),
    'under another name': data({ plans: [{ subscription: PLAN }] }),
    'refused with a word': {
      status: 200,
      headers: {},
      json: { success: false, message: 'record not found' },
    },
  };
  for (const [form, plans] of Object.entries(unreadable)) {
    it(`${form}, are not known, and the account is not called used up`, async () => {
      const state = await checked(0, plans);
      assert.deepEqual([state.status, state.failure?.class], ['unknown', 'unexpected']);
    });

    it(`${form}, take nothing from a wallet with money in it`, async () => {
      const state = await checked(5_000_000, plans);
      assert.deepEqual([state.status, state.reading?.account?.balance], ['ok', 10]);
    });
  }

  const absent: Record<string, Answer> = {
    'null, as Go sends an empty list': data({ subscriptions: null }),
    'an empty list': data({ subscriptions: [] }),
    'no such path': { status: 404, headers: {}, text: '' },
    'the site’s own page for any path': {
      status: 200,
      headers: {},
      text: '<!doctype html><title>Relay</title>',
    },
  };
  for (const [form, plans] of Object.entries(absent)) {
    it(`${form}: there are none, and it is used up`, async () => {
      assert.equal((await checked(0, plans)).status, 'exhausted');
    });
  }
});
