import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { managementKeyId } from '../../sampleGateways/sampleKeys.ts';
import { Desk } from '../support/desk.ts';
import { removeTempFolders, tempFolder } from '../support/folders.ts';
import { MemorySecrets } from '../support/memorySecrets.ts';
import { HOUR, MINUTE } from '../support/samples.ts';
import { TEAM } from './fixture.ts';

/** The gateway has its own limit on, so that a call too many would be seen as a 429. */
describe('twelve calls in twelve hours to CheapestInference’s /api/usage', () => {
  let desk: Desk;
  let id: string;
  let began: number;

  beforeEach(async () => {
    desk = await Desk.open(
      { kind: 'cheapestInference', limits: 'real', accounts: [TEAM] },
      { folder: tempFolder(), storage: new MemorySecrets(), focused: false },
    );
    id = (await desk.add(desk.account('team'))).id;
    began = desk.clock.now();
  });
  afterEach(async () => {
    const refused = desk.gateway.calls.filter(({ status }) => status === 429);
    await desk.close();
    removeTempFolders();
    assert.deepEqual(refused, [], 'the gateway never had to refuse');
  });

  const refresh = () => desk.world.monitor.refresh([id]);
  const calls = () => desk.gateway.calls.length;

  it('the thirteenth waits, also in a window that was opened anew', async () => {
    for (let call = 1; call <= 12; call++) {
      assert.equal((await refresh()).held.size, 0);
      desk.clock.jump(MINUTE);
    }
    assert.equal(calls(), 12);
    assert.equal((await refresh()).held.get(id), began + 12 * HOUR);

    await desk.restart();
    assert.equal((await refresh()).held.get(id), began + 12 * HOUR);
    assert.equal(calls(), 12, 'nothing was sent');
    assert.equal(desk.world.state(id).reading?.accountKeys?.length, 2, 'the last list is kept');

    desk.clock.jump(began + 12 * HOUR - desk.clock.now() - 1);
    assert.equal((await refresh()).held.size, 1);
    desk.clock.jump(1);
    assert.equal((await refresh()).held.size, 0);
    assert.equal(calls(), 13);
  });

  it('calls about one key count with them', async () => {
    const accountKey = { key: id, id: managementKeyId(desk.gateway, 'alice') };
    for (let pair = 1; pair <= 6; pair++) {
      await refresh();
      await desk.run('refreshAccountKey', accountKey);
    }
    assert.equal(calls(), 12);
    await desk.restart();
    await assert.rejects(desk.run('refreshAccountKey', accountKey), /“team” waits for its turn/);
    assert.equal((await refresh()).held.size, 1);
    assert.equal(calls(), 12, 'nothing was sent');
  });

  it('left alone, it asks every three hours', async () => {
    await desk.clock.advance(24 * HOUR, () => desk.world.monitor.idle());
    const hours = desk.gateway.calls.map(({ at }) => Math.round((at - began) / HOUR));
    assert.ok(calls() >= 3 && calls() <= 8, `asked after so many hours: ${hours}`);
  });
});
