import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { serverIdOf } from '../../../../src/core/team/servedKey.ts';
import { removeTempFolders, tempFolder } from '../../support/folders.ts';
import { MemorySecrets } from '../../support/memorySecrets.ts';
import { HOUR, MINUTE } from '../../support/samples.ts';
import { TestSetup } from '../../support/testSetup.ts';

describe('the keys of a server, each a line of its own', () => {
  let setup: TestSetup;
  let server: string;

  beforeEach(async () => {
    setup = await TestSetup.open(
      { kind: 'teamServer' },
      { folder: tempFolder(), storage: new MemorySecrets() },
    );
    server = await setup.testWindow.keyService.add(setup.key('ok', { label: 'Team' }));
    await setup.testWindow.monitor.start();
    await read();
  });
  afterEach(async () => {
    await setup.close();
    removeTempFolders();
  });

  const read = async () => {
    await setup.testWindow.refreshKey(server);
    await setup.testWindow.monitor.reload();
  };
  const served = () => setup.testWindow.monitor.snapshot.filter(({ id }) => serverIdOf(id) !== undefined);
  const one = (label = 'ML batch') => served().find(key => key.label === label) ?? assert.fail(label);
  const record = (id: string) => setup.testWindow.keyService.findById(id) ?? assert.fail(id);

  it('have their own status, unit and time, and say through whom they came', () => {
    const told = served().map(({ label, status, via, reading }) => [
      ...[label, status, via, reading?.takenAt?.slice(11, 16)],
      reading?.quota?.remaining,
      reading?.unit.code,
    ]);
    assert.deepEqual(told, [
      ['ML batch', 'ok', 'Team', '11:48', 5, 'USD'],
      // It had 5 of 20 left 50 minutes ago: 2.5 of the server's intervals are 12.5 minutes, and a quarter of an hour
      // counts.
      ['Docs bot', 'stale', 'Team', '11:10', 5, 'CNY'],
      ['Crawler', 'exhausted', 'Team', '11:48', 0, 'USD'],
      ['Old laptop', 'invalid', 'Team', undefined, undefined, undefined],
      ['Unlimited', 'ok', 'Team', '11:48', undefined, 'USD'],
    ]);
  });

  it('are never asked from here, and a refresh of one asks the server once', async () => {
    const before = setup.gateway.calls.length;
    await setup.testWindow.refreshKey(one().id);
    assert.equal(setup.gateway.calls.length, before + 1);
    assert.equal(one().readFrom?.id, server);
    assert.equal(one().nextCheckAt, setup.testWindow.keyState(server).nextCheckAt);
  });

  it('keep pin and note over a restart, and take the server’s new name for them', async () => {
    await setup.testWindow.keyService.pin(record(one().id), true);
    await setup.testWindow.keyService.setNote(record(one().id), 'for batches');
    await setup.restart();
    await read();
    assert.deepEqual([one().pinned, one().note, one().via], [true, 'for batches', 'Team']);
  });

  it('age and say so while the server is silent, and are fresh when it is back', async () => {
    setup.gateway.setScenario('ok', 'down-500');
    setup.clock.jump(2 * HOUR);
    await read();
    assert.deepEqual([one().status, one().failure?.class], ['stale', 'transient']);
    assert.match(one().failure?.message ?? '', /“Team”/);
    assert.equal(one().reading?.quota?.remaining, 5);
    // What is known against a key stays known.
    assert.equal(one('Old laptop').status, 'invalid');
    setup.gateway.setScenario('ok', 'ok');
    await read();
    assert.equal(one().failure, undefined);
  });

  it('are no worse for a token that is refused: it is the server that says no', async () => {
    setup.gateway.setScenario('ok', 'other-kind-of-token');
    await read();
    // It is believed at the second time.
    setup.clock.jump(11 * MINUTE);
    await read();
    assert.equal(setup.testWindow.keyState(server).status, 'invalid');
    assert.deepEqual([one().status, one().failure?.class], ['stale', 'transient']);
  });

  it('say that checks are paused where those of the server are', async () => {
    await setup.testWindow.keyService.checks.pause(record(server));
    assert.deepEqual([one().failure?.class, one().nextCheckAt, one().via], ['paused', undefined, 'Team']);
  });

  it('go with the server, and when it tells of them no more', async () => {
    setup.gateway.setScenario('ok', 'one-unreadable');
    await read();
    // An answer that cannot be read whole takes none away.
    assert.equal(served().length, 5);
    setup.gateway.setScenario('ok', 'no-keys');
    await read();
    assert.deepEqual(served(), []);
    setup.gateway.setScenario('ok', 'ok');
    await read();
    assert.equal(served().length, 5);
    await setup.testWindow.keyService.remove(record(server));
    assert.deepEqual(setup.testWindow.monitor.snapshot, []);
    assert.deepEqual(setup.testWindow.store.states.allStates(), []);
  });
});
