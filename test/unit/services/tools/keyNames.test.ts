import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'mocha';
import { assignAliases } from '../../../../src/services/tools/keyNames.ts';
import { databasePath } from '../../../../src/store/database.ts';
import { startSampleGateway } from '../../../sampleGateways/server.ts';
import { TestWindow } from '../../support/testWindow.ts';

describe('aliases of keys', () => {
  it('of removed keys are never given again', async () => {
    const gateway = await startSampleGateway();
    const testWindow = new TestWindow();
    try {
      const [, second] = [
        await testWindow.addKey(gateway, 'ok'),
        await testWindow.addKey(gateway, 'exhausted'),
      ];
      assert.equal(assignAliases(testWindow.store, testWindow.monitor.snapshot).get(second), 'key 2');
      const last = testWindow.keyService.findById(second);
      assert.ok(last);
      await testWindow.keyService.remove(last);
      const third = await testWindow.addKey(gateway, 'invalid-401');
      assert.equal(assignAliases(testWindow.store, testWindow.monitor.snapshot).get(third), 'key 3');
    } finally {
      await testWindow.close();
      await gateway.close();
    }
  });

  it('stay with their keys when others are removed, in every window', async () => {
    const gateway = await startSampleGateway();
    const testWindow = new TestWindow();
    const there = new TestWindow({ folder: testWindow.folder, storage: testWindow.storage });
    try {
      const [first, second] = [
        await testWindow.addKey(gateway, 'ok'),
        await testWindow.addKey(gateway, 'exhausted'),
      ];
      const before = assignAliases(testWindow.store, testWindow.monitor.snapshot);
      assert.deepEqual([before.get(first), before.get(second)], ['key 1', 'key 2']);

      const key = testWindow.keyService.findById(first);
      assert.ok(key);
      await testWindow.keyService.remove(key);
      const third = await testWindow.addKey(gateway, 'invalid-401');
      await there.monitor.start();
      for (const { store, monitor } of [testWindow, there]) {
        const after = assignAliases(store, monitor.snapshot);
        assert.deepEqual([after.get(second), after.get(third)], ['key 2', 'key 3']);
      }
    } finally {
      await there.close();
      await testWindow.close();
      await gateway.close();
    }
  });

  it('are not spent on a key that another window removed a moment ago', async () => {
    const gateway = await startSampleGateway();
    const testWindow = new TestWindow();
    try {
      const id = await testWindow.addKey(gateway, 'ok');
      const shown = testWindow.monitor.snapshot;
      await testWindow.keyService.remove(testWindow.keyService.findById(id) ?? assert.fail());
      assert.equal(assignAliases(testWindow.store, shown).size, 0);
      const next = await testWindow.addKey(gateway, 'exhausted');
      assert.equal(assignAliases(testWindow.store, testWindow.monitor.snapshot).get(next), 'key 1');
    } finally {
      await testWindow.close();
      await gateway.close();
    }
  });

  it('that are all given are told while another program keeps the database locked', async () => {
    const gateway = await startSampleGateway();
    const testWindow = new TestWindow();
    const other = new DatabaseSync(databasePath(testWindow.folder));
    try {
      const id = await testWindow.addKey(gateway, 'ok');
      const given = assignAliases(testWindow.store, testWindow.monitor.snapshot);
      assert.equal(given.get(id), 'key 1');
      other.exec('BEGIN IMMEDIATE');
      assert.deepEqual(assignAliases(testWindow.store, testWindow.monitor.snapshot), given);
    } finally {
      other.close();
      await testWindow.close();
      await gateway.close();
    }
  });
});
