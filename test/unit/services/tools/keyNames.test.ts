import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'mocha';
import { assignAliases } from '../../../../src/services/tools/keyNames.ts';
import { databasePath } from '../../../../src/store/database.ts';
import { startSampleGateway } from '../../../sampleGateways/server.ts';
import { World } from '../../support/world.ts';

describe('aliases of keys', () => {
  it('of removed keys are never given again', async () => {
    const gateway = await startSampleGateway();
    const world = new World();
    try {
      const [, second] = [await world.add(gateway, 'ok'), await world.add(gateway, 'exhausted')];
      assert.equal(assignAliases(world.store, world.monitor.snapshot).get(second), 'key 2');
      const last = world.keyService.findById(second);
      assert.ok(last);
      await world.keyService.remove(last);
      const third = await world.add(gateway, 'invalid-401');
      assert.equal(assignAliases(world.store, world.monitor.snapshot).get(third), 'key 3');
    } finally {
      await world.close();
      await gateway.close();
    }
  });

  it('stay with their keys when others are removed, in every window', async () => {
    const gateway = await startSampleGateway();
    const world = new World();
    const there = new World({ folder: world.folder, storage: world.storage });
    try {
      const [first, second] = [await world.add(gateway, 'ok'), await world.add(gateway, 'exhausted')];
      const before = assignAliases(world.store, world.monitor.snapshot);
      assert.deepEqual([before.get(first), before.get(second)], ['key 1', 'key 2']);

      const key = world.keyService.findById(first);
      assert.ok(key);
      await world.keyService.remove(key);
      const third = await world.add(gateway, 'invalid-401');
      await there.monitor.start();
      for (const { store, monitor } of [world, there]) {
        const after = assignAliases(store, monitor.snapshot);
        assert.deepEqual([after.get(second), after.get(third)], ['key 2', 'key 3']);
      }
    } finally {
      await there.close();
      await world.close();
      await gateway.close();
    }
  });

  it('are not spent on a key that another window removed a moment ago', async () => {
    const gateway = await startSampleGateway();
    const world = new World();
    try {
      const id = await world.add(gateway, 'ok');
      const shown = world.monitor.snapshot;
      await world.keyService.remove(world.keyService.findById(id) ?? assert.fail());
      assert.equal(assignAliases(world.store, shown).size, 0);
      const next = await world.add(gateway, 'exhausted');
      assert.equal(assignAliases(world.store, world.monitor.snapshot).get(next), 'key 1');
    } finally {
      await world.close();
      await gateway.close();
    }
  });

  it('that are all given are told while another program keeps the database locked', async () => {
    const gateway = await startSampleGateway();
    const world = new World();
    const other = new DatabaseSync(databasePath(world.folder));
    try {
      const id = await world.add(gateway, 'ok');
      const given = assignAliases(world.store, world.monitor.snapshot);
      assert.equal(given.get(id), 'key 1');
      other.exec('BEGIN IMMEDIATE');
      assert.deepEqual(assignAliases(world.store, world.monitor.snapshot), given);
    } finally {
      other.close();
      await world.close();
      await gateway.close();
    }
  });
});
