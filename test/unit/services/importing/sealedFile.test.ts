import assert from 'node:assert/strict';
import { armor, Encrypter, generateIdentity, identityToRecipient } from 'age-encryption';
import { describe, it } from 'mocha';
import { sealOf } from '../../../../src/services/importing/sealedFile.ts';
import { decryptFile, encryptText } from '../../../../src/vscode/host/passphrase.ts';

const NEVER = new AbortController().signal;

async function sealed(workFactor: number, passphrase = 'a long passphrase'): Promise<Uint8Array> {
  const encrypter = new Encrypter();
  encrypter.setScryptWorkFactor(workFactor);
  encrypter.setPassphrase(passphrase);
  return encrypter.encrypt('{"a":1}');
}

describe('an encrypted file', () => {
  it('says what it costs to try a passphrase, as bytes and as text', async () => {
    const bytes = await sealed(12);
    const text = new TextEncoder().encode(`\n${armor.encode(bytes)}`);
    assert.deepEqual(sealOf(bytes), { by: 'passphrase', workFactor: 12 });
    assert.deepEqual(sealOf(text), { by: 'passphrase', workFactor: 12 });
  });

  it('is told from one that no passphrase opens', async () => {
    const encrypter = new Encrypter();
    encrypter.addRecipient(await identityToRecipient(await generateIdentity()));
    assert.deepEqual(sealOf(await encrypter.encrypt('{}')), { by: 'other' });
  });

  it('is told from any other file', () => {
    for (const text of ['', '{}', 'age', '-----BEGIN PGP MESSAGE-----'])
      assert.equal(sealOf(new TextEncoder().encode(text)), undefined);
  });

  it('opens with its passphrase alone, in both forms', async () => {
    const bytes = await sealed(10);
    const text = new TextEncoder().encode(armor.encode(bytes));
    assert.equal(await decryptFile(bytes, 'a long passphrase', NEVER), '{"a":1}');
    assert.equal(await decryptFile(text, 'a long passphrase', NEVER), '{"a":1}');
    assert.equal(await decryptFile(bytes, 'another passphrase', NEVER), undefined);
    assert.equal(await decryptFile(bytes.slice(0, -8), 'a long passphrase', NEVER), undefined);
  });

  it('is what an export writes, with the most work that an import does', async () => {
    const text = await encryptText('{"a":1}', 'a long passphrase', NEVER);
    assert.match(text, /^-----BEGIN AGE ENCRYPTED FILE-----/);
    assert.deepEqual(sealOf(new TextEncoder().encode(text)), { by: 'passphrase', workFactor: 18 });
  });

  it('is called off while the passphrase is tried', async () => {
    const controller = new AbortController();
    const opening = decryptFile(await sealed(18), 'a long passphrase', controller.signal);
    controller.abort(new Error('called off'));
    await assert.rejects(opening, { message: 'called off' });
  });
});
