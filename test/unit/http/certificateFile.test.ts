import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import disk from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { after, describe, it } from 'mocha';
import { readCertificateFile } from '../../../src/http/certificateFile.ts';
import { removeTempFolders, tempFolder } from '../support/folders.ts';

const PEM = '-----BEGIN CERTIFICATE-----\nabc\n-----END CERTIFICATE-----\n';

describe('a certificate file', () => {
  after(removeTempFolders);
  const inFolder = (name: string) => join(tempFolder(), name);

  it('is read as it is, by a link too', async () => {
    const file = inFolder('ca.pem');
    writeFileSync(file, PEM);
    assert.equal(await readCertificateFile(file), PEM);
    symlinkSync(file, `${file}.link`);
    assert.equal(await readCertificateFile(`${file}.link`), PEM);
  });

  it('may have 256 kB and no byte more', async () => {
    const file = inFolder('large.pem');
    writeFileSync(file, 'x'.repeat(256 * 1024));
    assert.equal((await readCertificateFile(file)).length, 256 * 1024);
    writeFileSync(file, 'x'.repeat(256 * 1024 + 1));
    await assert.rejects(readCertificateFile(file), /not that large/);
  });

  it('named by half a path is not looked for', () =>
    assert.rejects(readCertificateFile('ca.pem'), /must be absolute/));

  it('that is a folder is none', async () => {
    const folder = inFolder('ca.pem');
    mkdirSync(folder);
    await assert.rejects(readCertificateFile(folder), /must be a file/);
  });

  it('on a disk that hangs is waited for as long as allowed, looked at once, and read again when that is over', async () => {
    const file = inFolder('ca.pem');
    writeFileSync(file, PEM);
    const { stat } = disk;
    const late = Promise.withResolvers<void>();
    let looked = 0;
    Object.assign(disk, {
      stat: async (path: string) => {
        looked++;
        await late.promise;
        return stat(path);
      },
    });
    syncBuiltinESMExports();
    try {
      for (let time = 0; time < 3; time++)
        await assert.rejects(readCertificateFile(file, 10), /could not be read in time/);
      assert.equal(looked, 1);
      const last = readCertificateFile(file);
      late.resolve();
      assert.equal(await last, PEM);
      assert.equal(looked, 1);
    } finally {
      Object.assign(disk, { stat });
      syncBuiltinESMExports();
    }
    writeFileSync(file, 'renewed');
    assert.equal(await readCertificateFile(file), 'renewed');
  });

  it('that grows or becomes something else once it was looked at is refused, and closed', async () => {
    const { open } = disk;
    const file = inFolder('ca.pem');
    writeFileSync(file, PEM);
    let closed = 0;
    const bytes = Buffer.alloc(256 * 1024 + 1);
    const opened = (isFile: boolean, bytesRead: number) => async () => ({
      stat: async () => ({ isFile: () => isFile }),
      read: async () => ({ bytesRead, buffer: bytes }),
      close: async () => closed++,
    });
    try {
      for (const [isFile, size, says] of [
        [false, 3, /must be a file/],
        [true, bytes.length, /not that large/],
      ] as const) {
        Object.assign(disk, { open: opened(isFile, size) });
        syncBuiltinESMExports();
        await assert.rejects(readCertificateFile(file), says);
      }
    } finally {
      Object.assign(disk, { open });
      syncBuiltinESMExports();
    }
    assert.equal(closed, 2);
  });

  if (process.platform !== 'win32') {
    it('that is a pipe is none, and is not waited for, however often it is asked for', async () => {
      const pipe = inFolder('pipe.pem');
      execFileSync('mkfifo', [pipe]);
      // More often than Node has threads for files.
      for (let time = 0; time < 8; time++) {
        await assert.rejects(readCertificateFile(pipe), /must be a file/);
      }
    });

    it('that is a device without end is none', () =>
      assert.rejects(readCertificateFile('/dev/zero'), /must be a file/));
  }
});
