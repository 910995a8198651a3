import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { KeyState } from '../../../../../src/core/quota/keyState.ts';
import { redactor } from '../../../../../src/redaction/redactor.ts';
import type { CommandId } from '../../../../../src/vscode/commands/commandIds.ts';
import type { CommandParts } from '../../../../../src/vscode/commands/commandParts.ts';
import { runCommand } from '../../../support/runCommand.ts';
import { keyState, NOW } from '../../../support/samples.ts';
import { vscodeStub } from '../../../support/vscodeStub.ts';

const RELAY = keyState({ id: 'relay', baseUrl: 'https://gw.example/newapi' });
const VENDOR = keyState({ id: 'vendor', kind: 'deepSeek', origin: 'https://api.deepseek.com' });

const run = (id: CommandId, argument: unknown) => {
  const keys: readonly KeyState[] = [RELAY, VENDOR];
  const findById = (wanted: string) => {
    const found = keys.find(each => each.id === wanted);
    return found && { ...found, baseUrl: found.baseUrl ?? found.origin };
  };
  const parts = {
    monitor: { snapshot: keys },
    keyService: { findById },
    settings: () => ({ gateways: new Map() }),
    clock: { now: () => NOW },
  } as unknown as CommandParts;
  return runCommand(parts, id, argument);
};
const opened = () => vscodeStub.handed.filter(([to]) => to === 'a browser').map(([, , url]) => url);

describe('a page of a gateway', () => {
  beforeEach(() =>
    Object.assign(vscodeStub, { person: {}, shown: [], handed: [], clipboard: 'mine', settings: {} }),
  );
  afterEach(() => Object.assign(vscodeStub, { person: {}, settings: {} }));

  it('opens in a browser: of a key, by its id or its line', async () => {
    await run('keyQuota.topUp', 'relay');
    await run('keyQuota.openConsole', { id: 'key:relay', context: 'key', children: [], keyId: 'relay' });
    assert.deepEqual(opened(), [
      'https://gw.example/newapi/console/topup',
      'https://gw.example/newapi/console',
    ]);
  });

  it('opens for the line of a gateway without a question', async () => {
    const line = { id: 'gateway:x', context: 'gateway', spoken: 'gw', children: [], gatewayKeyId: 'relay' };
    await run('keyQuota.openConsole', line);
    assert.deepEqual([opened(), vscodeStub.shown], [['https://gw.example/newapi/console'], []]);
  });

  it('that is not known is asked for, kept in the settings and opened', async () => {
    vscodeStub.settings = { gateways: { 'https://other.example': { unit: 'CNY' } } };
    vscodeStub.person = { typed: () => ' https://platform.example/top_up ' };
    await run('keyQuota.topUp', 'vendor');
    assert.deepEqual(opened(), ['https://platform.example/top_up']);
    assert.deepEqual(vscodeStub.settings, {
      gateways: {
        'https://other.example': { unit: 'CNY' },
        'https://api.deepseek.com': { topUpUrl: 'https://platform.example/top_up' },
      },
    });
  });

  it('is neither kept nor opened after no answer, another scheme, or a secret in it', async () => {
    const secret = 'opened-page-secret-7731';
    redactor.protect(secret);
    for (const text of [undefined, 'http://platform.example', `https://platform.example/?key=${secret}`]) {
      vscodeStub.person = { typed: () => text };
      await run('keyQuota.topUp', 'vendor');
    }
    assert.deepEqual([opened(), vscodeStub.settings], [[], {}]);
  });

  it('has its base URL copied, with its path and without a secret', async () => {
    assert.equal(await run('keyQuota.copyBaseUrl', 'relay'), 'https://gw.example/newapi');
    assert.equal(vscodeStub.clipboard, 'https://gw.example/newapi');
  });
});
