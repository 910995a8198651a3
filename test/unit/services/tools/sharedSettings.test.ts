import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { defaultSettings } from '../../../../src/cli/defaultSettings.ts';
import {
  agentsOutside,
  allowAgentsOutside,
  sharedSettings,
  shareSettings,
} from '../../../../src/services/tools/sharedSettings.ts';
import { SqliteStore } from '../../../../src/store/store.ts';
import { removeTempFolders, tempFolder } from '../../support/folders.ts';

const OFF = { enabled: false, names: false };

describe('settings that programs outside VS Code follow', () => {
  let store: SqliteStore;

  beforeEach(() => {
    store = new SqliteStore(tempFolder(), Date.now());
  });
  afterEach(() => {
    store.close();
    removeTempFolders();
  });

  it('are what states of keys follow from, and how each gateway is polled; no route, page or file', () => {
    const gateways = new Map([
      ['https://a.example', { pollMinutes: 30, share: 4, proxy: 'http://p:1', caFile: '/ca.pem' }],
      ['https://b.example', { unit: 'CNY' as const }],
    ]);
    shareSettings(store, { ...defaultSettings, gateways }, { enabled: true, names: false });
    assert.deepEqual(sharedSettings(store), {
      agents: { enabled: true, names: false },
      pollMs: 300_000,
      low: { percent: 20, amounts: { USD: 1, CNY: 7 } },
      monthBegins: 1,
      gateways: [['https://a.example', { pollMinutes: 30, share: 4 }]],
    });
  });

  it('are written only where they have changed, so that no window wakes another for nothing', () => {
    const other = new SqliteStore(tempFolder(), Date.now());
    shareSettings(other, defaultSettings, OFF);
    other.transaction = () => assert.fail('written again');
    shareSettings(other, defaultSettings, OFF);
    other.close();
  });

  it('let no agent ask before a person has copied a configuration for it', () => {
    shareSettings(store, defaultSettings, { enabled: true, names: true });
    assert.deepEqual(agentsOutside(store), OFF);
    allowAgentsOutside(store);
    assert.deepEqual(agentsOutside(store), { enabled: true, names: true });
  });

  it('let no agent ask where they are off, absent or cannot be read', () => {
    allowAgentsOutside(store);
    assert.deepEqual(agentsOutside(store), OFF);
    for (const text of [
      '',
      '{',
      'null',
      '{"agents":true}',
      '{"agents":{"enabled":true},"low":{}}',
      '{"agents":{"enabled":"true","names":1},"low":{},"gateways":[]}',
    ]) {
      store.transaction(() => store.sharedSettings.saveText('settings', text));
      assert.deepEqual(agentsOutside(store), OFF, text);
    }
    shareSettings(store, defaultSettings, OFF);
    assert.deepEqual(agentsOutside(store), OFF);
    shareSettings(store, defaultSettings, { enabled: true, names: false });
    assert.deepEqual(agentsOutside(store), { enabled: true, names: false });
  });
});
