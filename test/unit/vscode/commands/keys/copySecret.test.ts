import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { CommandParts } from '../../../../../src/vscode/commands/commandParts.ts';
import type * as Clipboard from '../../../../../src/vscode/host/clipboard.ts';
import { type SampleGateway, startSampleGateway } from '../../../../sampleGateways/server.ts';
import { CommandSetup } from '../../../support/commandSetup.ts';
import { runCommand } from '../../../support/runCommand.ts';
import { importWithStub, vscodeStub } from '../../../support/vscodeStub.ts';

const MINUTE = 60_000;

const copySecret = (parts: CommandParts, argument: unknown) =>
  runCommand(parts, 'keyQuota.copySecret', argument);

describe('copying a secret', () => {
  let gateway: SampleGateway;
  let setup: CommandSetup;
  let id: string;
  const settled = () => turn();

  beforeEach(async () => {
    gateway = await startSampleGateway();
    setup = await CommandSetup.open();
    await setup.testWindow.monitor.start();
    id = await setup.testWindow.addKey(gateway, 'ok');
    vscodeStub.clipboard = 'mine';
    vscodeStub.shown = [];
    vscodeStub.person = { asked: (_message, _detail, buttons) => buttons[0] };
  });

  afterEach(async () => {
    vscodeStub.person = {};
    await setup.close();
    await gateway.close();
  });

  it('asks first, and copies nothing without a confirmation', async () => {
    let asked = '';
    vscodeStub.person = {
      asked: message => {
        asked = message;
        return undefined;
      },
    };
    for (const argument of [id, { id }, { keyId: id }]) {
      asked = '';
      await copySecret(setup.parts, argument);
      assert.equal(asked, 'Copy the secret of “ok”?');
    }
    await assert.rejects(copySecret(setup.parts, { id, confirmed: true }), /has no member “confirmed”/);
    assert.equal(vscodeStub.clipboard, 'mine');
  });

  it('clears the clipboard after a minute', async () => {
    await copySecret(setup.parts, id);
    assert.equal(vscodeStub.clipboard, gateway.secret('ok'));
    await setup.clock.advance(MINUTE - 1, settled);
    assert.equal(vscodeStub.clipboard, gateway.secret('ok'));
    await setup.clock.advance(1, settled);
    assert.equal(vscodeStub.clipboard, '');
  });

  it('leaves text alone that was copied later', async () => {
    await copySecret(setup.parts, id);
    vscodeStub.clipboard = 'copied since';
    await setup.clock.advance(MINUTE, settled);
    assert.equal(vscodeStub.clipboard, 'copied since');
  });

  it('counts the minute from the last copy', async () => {
    await copySecret(setup.parts, id);
    await setup.clock.advance(MINUTE / 2, settled);
    await copySecret(setup.parts, id);
    await setup.clock.advance(MINUTE - 1, settled);
    assert.equal(vscodeStub.clipboard, gateway.secret('ok'));
    await setup.clock.advance(1, settled);
    assert.equal(vscodeStub.clipboard, '');
  });

  it('clears the clipboard when the window closes, and leaves no timer', async () => {
    await copySecret(setup.parts, id);
    await setup.clipboard.clear();
    assert.equal(vscodeStub.clipboard, '');
    vscodeStub.clipboard = gateway.secret('ok');
    await setup.clock.advance(MINUTE, settled);
    assert.equal(vscodeStub.clipboard, gateway.secret('ok'), 'what others put there is theirs');
  });

  it('clears what a window left that ended early', async () => {
    const { SecretClipboard } = await importWithStub<typeof Clipboard>('vscode/host/clipboard.ts');
    const clock = setup.clock;
    const { store } = setup.testWindow;
    const secrets = { read: async () => ({ secret: gateway.secret('ok') }) as never };
    // Its window is gone, and its timer with it.
    const gone = new SecretClipboard({
      secrets,
      after: () => () => undefined,
      now: () => clock.now(),
      store,
    });
    await gone.copy(id);
    await setup.clock.advance(MINUTE, settled);
    assert.equal(vscodeStub.clipboard, gateway.secret('ok'));
    const later = new SecretClipboard({
      secrets: {} as never,
      after: clock.after,
      now: () => clock.now(),
      store,
    });
    assert.equal(store.copiedSecrets.allCopied().length, 1);
    later.clearAfterOtherWindow();
    await setup.clock.advance(1, settled);
    assert.equal(vscodeStub.clipboard, '');
    assert.deepEqual(store.copiedSecrets.allCopied(), []);
  });

  it('clears any of the secrets that windows left, whichever of them is on the clipboard', async () => {
    const { SecretClipboard } = await importWithStub<typeof Clipboard>('vscode/host/clipboard.ts');
    const { clock, testWindow } = setup;
    const { store } = testWindow;
    const other = await testWindow.addKey(gateway, 'unused');
    const clipboard = (after: typeof clock.after) =>
      new SecretClipboard({
        secrets: {
          read: async key => ({ secret: gateway.secret(key === id ? 'ok' : 'unused') }) as never,
        },
        after,
        now: () => clock.now(),
        store,
      });
    for (const last of [other, id]) {
      const gone = clipboard(() => () => undefined);
      for (const key of [id, other, last]) await gone.copy(key);
      assert.equal(store.copiedSecrets.allCopied().length, 2);
      clipboard(clock.after).clearAfterOtherWindow();
      await clock.advance(MINUTE, settled);
      assert.equal(vscodeStub.clipboard, '');
      assert.deepEqual(store.copiedSecrets.allCopied(), []);
    }
  });

  it('clears the clipboard after a minute although the database was locked meanwhile', async () => {
    const { SecretClipboard } = await importWithStub<typeof Clipboard>('vscode/host/clipboard.ts');
    const { store } = setup.testWindow;
    const locked = () => {
      throw new Error('database is locked');
    };
    const clipboard = new SecretClipboard({
      secrets: { read: async () => ({ secret: gateway.secret('ok') }) as never },
      after: setup.clock.after,
      now: () => setup.clock.now(),
      store: { copiedSecrets: store.copiedSecrets, transaction: locked },
    });
    await assert.rejects(clipboard.copy(id), /database is locked/);
    assert.equal(vscodeStub.clipboard, gateway.secret('ok'));
    await setup.clock.advance(MINUTE, settled);
    assert.equal(vscodeStub.clipboard, '');
  });

  it('clears within a minute what a window left with a time far ahead, or without one', async () => {
    const { SecretClipboard } = await importWithStub<typeof Clipboard>('vscode/host/clipboard.ts');
    const { store } = setup.testWindow;
    await copySecret(setup.parts, id);
    const { digest = '' } = store.copiedSecrets.allCopied()[0] ?? {};
    await setup.clipboard.clear();
    for (const until of [setup.clock.now() + 400 * 24 * 60 * MINUTE, 0]) {
      vscodeStub.clipboard = gateway.secret('ok');
      store.transaction(() => store.copiedSecrets.saveCopied({ keyId: id, until, digest }));
      const parts = {
        secrets: {} as never,
        after: setup.clock.after,
        now: () => setup.clock.now(),
        store,
      };
      new SecretClipboard(parts).clearAfterOtherWindow();
      await setup.clock.advance(MINUTE, settled);
      assert.equal(vscodeStub.clipboard, '');
    }
  });

  it('says why there is no secret to copy', async () => {
    setup.testWindow.storage.locked = true;
    const other = await CommandSetup.open({
      storage: setup.testWindow.storage,
      folder: setup.testWindow.folder,
    });
    await assert.rejects(copySecret(other.parts, id), /Unlock the key ring/);
    assert.equal(vscodeStub.clipboard, 'mine');
    await other.close();
  });

  it('returns nothing, and never shows the secret', async () => {
    assert.equal(await copySecret(setup.parts, id), undefined);
    assert.ok(!vscodeStub.shown.join('\n').includes('CANARY'));
  });
});
