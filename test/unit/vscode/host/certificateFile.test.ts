import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, it } from 'mocha';
import { readCertificateFile } from '../../../../src/vscode/host/certificateFile.ts';
import { removeTempFolders, tempFolder } from '../../support/folders.ts';

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
    assert.rejects(readCertificateFile('ca.pem'), /has to be whole/));

  it('that is a folder is none', async () => {
    const folder = inFolder('ca.pem');
    mkdirSync(folder);
    await assert.rejects(readCertificateFile(folder), /has to be a file/);
  });

  if (process.platform !== 'win32') {
    it('that is a pipe is none, and is not waited for, however often it is asked for', async () => {
      const pipe = inFolder('pipe.pem');
      execFileSync('mkfifo', [pipe]);
      const began = performance.now();
      // More often than Node has threads for files.
      for (let time = 0; time < 8; time++) {
        await assert.rejects(readCertificateFile(pipe), /has to be a file/);
      }
      assert.ok(performance.now() - began < 1000);
    });

    it('that is a device without end is none', () =>
      assert.rejects(readCertificateFile('/dev/zero'), /has to be a file/));
  }
});
