import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type * as RemoteHint from '../../../../src/vscode/notifications/remoteHint.ts';
import { importWithStub, vscodeStub } from '../../support/vscodeStub.ts';

const { hintWhenRemoteOnly } = await importWithStub<typeof RemoteHint>('vscode/notifications/remoteHint.ts');

const [UI, WORKSPACE] = [1, 2];
const [DESKTOP, WEB] = [1, 2];

describe('the hint in a remote window', () => {
  let kept: Map<string, unknown>;
  const start = (extensionKind = WORKSPACE) =>
    hintWhenRemoteOnly({
      extension: { extensionKind },
      globalState: {
        get: name => kept.get(name),
        update: async (name, value) => {
          kept.set(name, value);
        },
      },
    });
  const shown = () =>
    vscodeStub.shown.filter(text => text.startsWith('Key Quota is installed only in this remote'));

  beforeEach(() => {
    kept = new Map();
    Object.assign(vscodeStub, { shown: [], handed: [], settings: {}, person: {} });
    Object.assign(vscodeStub, { remoteName: 'dev-container', uiKind: DESKTOP });
  });
  afterEach(() => {
    Object.assign(vscodeStub, { settings: {}, person: {}, remoteName: undefined, uiKind: undefined });
  });

  it('comes once for good, whether it is answered or not', async () => {
    await start();
    await start();
    assert.equal(shown().length, 1);
    assert.deepEqual([...kept], [['hints.remoteOnly', true]]);
  });

  it('leads to the page of the extension, where it is installed locally', async () => {
    vscodeStub.person = { asked: (_message, _detail, buttons) => buttons[0] };
    await start();
    assert.deepEqual(vscodeStub.handed, [['a command', 'extension.open', ['key-quota.key-quota']]]);
  });

  for (const [where, set] of [
    ['on the person’s own machine', { kind: UI }],
    ['without a remote', { remoteName: undefined }],
    ['in a browser', { uiKind: WEB }],
    ['in an editor that does not say', { uiKind: undefined }],
    [
      'where a person has chosen it',
      { settings: { extensionKind: { 'key-quota.key-quota': ['workspace'] } } },
    ],
  ] as const)
    it(`does not come ${where}`, async () => {
      const { kind = WORKSPACE, ...stub } = set as { kind?: number };
      Object.assign(vscodeStub, stub);
      await start(kind);
      assert.deepEqual([shown().length, kept.size], [0, 0]);
    });

  it('comes where a person has chosen a place for another extension', async () => {
    vscodeStub.settings = { extensionKind: { 'other.extension': ['workspace'] } };
    await start();
    assert.equal(shown().length, 1);
  });
});
