import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { managementKeyId } from '../../sampleGateways/sampleKeys.ts';
import { removeTempFolders, tempFolder } from '../support/folders.ts';
import { MemorySecrets } from '../support/memorySecrets.ts';
import { HOUR, MINUTE } from '../support/samples.ts';
import { TestSetup } from '../support/testSetup.ts';
import { TEAM } from './fixture.ts';

/** The gateway has its own limit on, so that a call too many would be seen as a 429. */
describe('twelve calls in twelve hours to CheapestInference’s /api/usage', () => {
  let setup: TestSetup;
  let id: string;
  let began: number;

  beforeEach(async () => {
    setup = await TestSetup.open(
      { kind: 'cheapestInference', limits: 'real', accounts: [TEAM] },
      { folder: tempFolder(), storage: new MemorySecrets(), focused: false },
    );
    id = (await setup.add(setup.account('team'))).id;
    began = setup.clock.now();
  });
  afterEach(async () => {
    const refused = setup.gateway.calls.filter(({ status }) => status === 429);
    await setup.close();
    removeTempFolders();
    assert.deepEqual(refused, [], 'the gateway never had to refuse');
  });

  const refresh = () => setup.testWindow.monitor.refresh([id]);
  const calls = () => setup.gateway.calls.length;

  it('the thirteenth waits, also in a window that was opened again', async () => {
    for (let call = 1; call <= 12; call++) {
      assert.equal((await refresh()).held.size, 0);
      setup.clock.jump(MINUTE);
    }
    assert.equal(calls(), 12);
    assert.equal((await refresh()).held.get(id), began + 12 * HOUR);

    await setup.restart();
    assert.equal((await refresh()).held.get(id), began + 12 * HOUR);
    assert.equal(calls(), 12, 'nothing was sent');
    assert.equal(setup.testWindow.keyState(id).reading?.accountKeys?.length, 2, 'the last list is kept');

    setup.clock.jump(began + 12 * HOUR - setup.clock.now() - 1);
    assert.equal((await refresh()).held.size, 1);
    setup.clock.jump(1);
    assert.equal((await refresh()).held.size, 0);
    assert.equal(calls(), 13);
  });

  it('calls about one key count with them', async () => {
    const accountKey = { key: id, id: managementKeyId(setup.gateway, 'alice') };
    for (let pair = 1; pair <= 6; pair++) {
      await refresh();
      await setup.run('refreshAccountKey', accountKey);
    }
    assert.equal(calls(), 12);
    await setup.restart();
    await assert.rejects(setup.run('refreshAccountKey', accountKey), /“team” is waiting for its turn/);
    assert.equal((await refresh()).held.size, 1);
    assert.equal(calls(), 12, 'nothing was sent');
  });

  it('left alone, it asks every three hours', async () => {
    await setup.clock.advance(24 * HOUR, () => setup.testWindow.monitor.idle());
    const hours = setup.gateway.calls.map(({ at }) => Math.round((at - began) / HOUR));
    assert.ok(calls() >= 3 && calls() <= 8, `asked after so many hours: ${hours}`);
  });
});
