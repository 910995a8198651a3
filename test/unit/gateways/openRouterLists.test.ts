import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { json } from '../../sampleGateways/wire/reply.ts';
import { TestSetup } from '../support/testSetup.ts';
import { june, spend, TEAM } from './fixture.ts';

/** None of these is a list without anything in it. */
const NO_LISTS = [null, false, {}, 0, '', 'none', { items: [] }];

describe('a list of OpenRouter in place of which something else comes', () => {
  let setup: TestSetup;
  afterEach(() => setup.close());

  const open = async () => {
    setup = await TestSetup.open({ kind: 'openRouter', accounts: [TEAM] });
    spend(setup.gateway);
  };
  const ask = () =>
    setup.ask(setup.account('team'), 'rangeByAccount', (gateway, context) =>
      gateway.readUsage?.(context, { from: june(8, 0) * 1000, to: june(15, 0) * 1000 - 1 }),
    );

  for (const data of NO_LISTS) {
    const what = JSON.stringify(data);

    it(`of keys is not one without keys: ${what}`, async () => {
      await open();
      setup.gateway.setReply('GET /api/v1/keys', json(200, { data }));
      const { reading, failure } = await setup.testWindow.keyService.checkDraft(setup.account('team'));
      assert.deepEqual([reading, failure?.reason], [undefined, 'missing-figures']);
    });

    it(`of spend is not one of nothing spent: ${what}`, async () => {
      await open();
      setup.gateway.setReply('POST /api/v1/analytics/query', json(200, { data: { data } }));
      const byModel = await ask();
      // What the analytics do not tell the activity does: $0.35 in these days.
      assert.equal(byModel.total?.used, 0.35);
      assert.equal(byModel.byKey, undefined);
    });

    it(`of spend by day is not one of nothing spent either: ${what}`, async () => {
      await open();
      setup.gateway.setReply('POST /api/v1/analytics/query', json(200, { data: { data } }));
      setup.gateway.setReply('GET /api/v1/activity', json(200, { data }));
      await assert.rejects(ask(), { failure: { class: 'unexpected', reason: 'missing-figures' } });
    });
  }

  const ROWS: Readonly<Record<string, object>> = {
    'of 999999999 dollars': { usage: 999_999_999, credits_usage: 999_999_999 },
    'of June 31': { date: '2026-06-31', date__day: '2026-06-31' },
  };
  for (const [what, odd] of Object.entries(ROWS)) {
    it(`of spend lacks a row ${what}`, async () => {
      const row = { date: '2026-06-10', date__day: '2026-06-10', model: 'm', usage: 0.5, credits_usage: 0.5 };
      await open();
      setup.gateway.setReply(
        'POST /api/v1/analytics/query',
        json(200, { data: { data: [row, { ...row, ...odd }] } }),
      );
      const byAnalytics = await ask();
      setup.gateway.setReply('POST /api/v1/analytics/query', json(404, { error: { code: 404 } }));
      setup.gateway.setReply('GET /api/v1/activity', json(200, { data: [row, { ...row, ...odd }] }));
      const byActivity = await ask();
      for (const { total, coverage } of [byAnalytics, byActivity])
        assert.deepEqual([total?.used, coverage.complete], [0.5, false]);
    });
  }
});
