import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { json } from '../../sampleGateways/wire/reply.ts';
import { MINUTE } from '../support/samples.ts';
import { TestSetup } from '../support/testSetup.ts';
import { TEAM } from './fixture.ts';

/** What New API's account endpoints say with HTTP 200 when their database does not answer. */
const TROUBLE = [
  'SQL logic error: no such table: tokens (1)',
  'Error 1040: Too many connections',
  'context deadline exceeded',
  '查询日志失败',
];

describe('an account whose gateway is in trouble', () => {
  let setup: TestSetup;
  let id: string;
  beforeEach(async () => {
    setup = await TestSetup.open({ accounts: [TEAM] });
    await setup.testWindow.monitor.start();
    id = await setup.testWindow.keyService.add(setup.account('team'));
    assert.equal((await setup.testWindow.refreshKey(id)).status, 'ok');
  });
  afterEach(() => setup.close());

  for (const path of ['/api/user/self', '/api/token/']) {
    for (const message of TROUBLE) {
      it(`“${message}” at ${path} passes`, async () => {
        setup.gateway.setReply(`GET ${path}`, json(200, { success: false, message }));
        const state = await setup.testWindow.refreshKey(id);
        assert.deepEqual([state.failure?.class, state.status], ['transient', 'ok']);
        assert.match(state.failure?.message ?? '', /Retrying automatically/);
        assert.doesNotMatch(state.failure?.message ?? '', /Check the address|Replace/);
        setup.clock.jump(10 * MINUTE);
        assert.equal(
          (await setup.testWindow.refreshKey(id)).failure?.class,
          'transient',
          'however often it is said',
        );
        setup.gateway.setReply(`GET ${path}`, undefined);
        assert.equal((await setup.testWindow.refreshKey(id)).failure, undefined);
      });
    }
  }
});
