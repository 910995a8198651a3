import assert from 'node:assert/strict';
import disk from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { mock } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, before, beforeEach, describe, it } from 'mocha';
import { Redactor } from '../../../../src/redaction/redactor.ts';
import { type ExternalPart, NoAnswerError } from '../../../../src/services/deadline.ts';
import type * as Clipboard from '../../../../src/vscode/host/clipboard.ts';
import { fileExists, removeFiles, writeFileAtomically } from '../../../../src/vscode/host/files.ts';
import { ProxyLogins } from '../../../../src/vscode/host/proxyLogins.ts';
import type * as SaveText from '../../../../src/vscode/host/saveText.ts';
import { removeTempFolders, tempFolder } from '../../support/folders.ts';
import { MemorySecrets } from '../../support/memorySecrets.ts';
import { importWithStub, vscodeStub } from '../../support/vscodeStub.ts';

const NEVER = new Promise<never>(() => undefined);
const SECRET = 'sk-deadline-Q1w2E3r4';
const PROXY = 'http://proxy.example:8080';

class DeadSecrets extends MemorySecrets {
  override store(): Promise<void> {
    return NEVER;
  }
  override delete(): Promise<void> {
    return NEVER;
  }
}

describe('what never answers', () => {
  let host: typeof Clipboard;
  let saveText: typeof SaveText.saveText;
  const { access, mkdir, rm } = disk;

  before(async () => {
    host = await importWithStub<typeof Clipboard>('vscode/host/clipboard.ts');
    ({ saveText } = await importWithStub<typeof SaveText>('vscode/host/saveText.ts'));
  });

  beforeEach(() => {
    vscodeStub.clipboard = SECRET;
    mock.timers.enable({ apis: ['setTimeout'] });
  });

  afterEach(() => {
    mock.timers.reset();
    vscodeStub.silence = undefined;
    Object.assign(disk, { access, mkdir, rm });
    syncBuiltinESMExports();
    removeTempFolders();
  });

  /** Such work fails as soon as `ms` have passed, and not before. */
  async function endsAfter(ms: number, from: ExternalPart, work: Promise<unknown>): Promise<void> {
    const failures: unknown[] = [];
    work.catch(error => failures.push(error));
    for (let count = 0; count < 10; count++) await turn();
    mock.timers.tick(ms - 1);
    for (let count = 0; count < 10; count++) await turn();
    assert.ok(failures.length === 0, 'not before');
    mock.timers.tick(1);
    for (let count = 0; count < 10; count++) await turn();
    const [error] = failures;
    assert.ok(error instanceof NoAnswerError, String(error));
    assert.equal(error.from, from);
  }

  const clipboard = () =>
    new host.SecretClipboard({
      secrets: { read: async () => ({ secret: SECRET }) as never },
      after: () => () => undefined,
      now: () => 0,
      store: {
        copiedSecrets: { allCopied: () => [], saveCopied: () => undefined, removeCopied: () => undefined },
        transaction: work => work(),
      },
    });

  it('a clipboard that a secret is put on', async () => {
    vscodeStub.silence = NEVER;
    await endsAfter(10_000, 'clipboard', clipboard().copy('id'));
  });

  it('a clipboard that a secret is taken off', async () => {
    const held = clipboard();
    await held.copy('id');
    vscodeStub.silence = NEVER;
    await endsAfter(10_000, 'clipboard', held.clear());
  });

  it('a clipboard that can be read and not be emptied', async () => {
    const held = clipboard();
    await held.copy('id');
    let reads = 0;
    // Asked once before the reading, and once before the writing.
    Object.defineProperty(vscodeStub, 'silence', {
      configurable: true,
      get: () => (reads++ === 0 ? undefined : NEVER),
    });
    await endsAfter(10_000, 'clipboard', held.clear()).finally(() => {
      Object.defineProperty(vscodeStub, 'silence', { configurable: true, writable: true, value: undefined });
    });
  });

  it('a disk that is asked whether a file is there', async () => {
    Object.assign(disk, { access: () => NEVER });
    syncBuiltinESMExports();
    await endsAfter(60_000, 'disk', fileExists('/dead/file'));
    await endsAfter(2000, 'disk', fileExists('/dead/file', 2000));
  });

  it('a clipboard that a text is put on', async () => {
    vscodeStub.silence = NEVER;
    await endsAfter(10_000, 'clipboard', host.copyText('text'));
  });

  it('a disk that is written to', async () => {
    disk.mkdir = () => NEVER;
    syncBuiltinESMExports();
    await endsAfter(60_000, 'disk', writeFileAtomically(join(tempFolder(), 'a.csv'), 'text'));
  });

  it('a disk from which files are removed', async () => {
    disk.rm = () => NEVER;
    syncBuiltinESMExports();
    await endsAfter(60_000, 'disk', removeFiles(['/nowhere/a.csv']));
  });

  it('a file system of another extension', async () => {
    vscodeStub.silence = NEVER;
    const target = { scheme: 'memory', path: '/a.csv' } as Parameters<typeof saveText>[0];
    await endsAfter(60_000, 'disk', saveText(target, 'text'));
  });

  it('a key ring that keeps the login of a proxy', async () => {
    const logins = new ProxyLogins(new DeadSecrets(), new Redactor());
    await endsAfter(10_000, 'secretStorage', logins.write(PROXY, { user: 'me', password: 'a password' }));
  });

  it('a key ring that forgets the login of a proxy', async () => {
    await endsAfter(
      10_000,
      'secretStorage',
      new ProxyLogins(new DeadSecrets(), new Redactor()).remove(PROXY),
    );
  });
});
