import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { json } from '../../sampleGateways/wire/reply.ts';
import { Desk } from '../support/desk.ts';
import { MINUTE } from '../support/samples.ts';
import { TEAM } from './fixture.ts';

/** What New API's account endpoints say with HTTP 200 when their database does not answer. */
const TROUBLE = [
  'SQL logic error: no such table: tokens (1)',
  'Error 1040: Too many connections',
  'context deadline exceeded',
  '查询日志失败',
];

describe('an account whose gateway is in trouble', () => {
  let desk: Desk;
  let id: string;
  beforeEach(async () => {
    desk = await Desk.open({ accounts: [TEAM] });
    await desk.world.monitor.start();
    id = await desk.world.keyService.add(desk.account('team'));
    assert.equal((await desk.world.refreshed(id)).status, 'ok');
  });
  afterEach(() => desk.close());

  for (const path of ['/api/user/self', '/api/token/']) {
    for (const message of TROUBLE) {
      it(`“${message}” at ${path} passes`, async () => {
        desk.gateway.setReply(`GET ${path}`, json(200, { success: false, message }));
        const state = await desk.world.refreshed(id);
        assert.deepEqual([state.failure?.class, state.status], ['transient', 'ok']);
        assert.match(state.failure?.message ?? '', /It is tried again by itself/);
        assert.doesNotMatch(state.failure?.message ?? '', /Check the origin|Replace/);
        desk.clock.jump(10 * MINUTE);
        assert.equal(
          (await desk.world.refreshed(id)).failure?.class,
          'transient',
          'however often it is said',
        );
        desk.gateway.setReply(`GET ${path}`, undefined);
        assert.equal((await desk.world.refreshed(id)).failure, undefined);
      });
    }
  }
});
