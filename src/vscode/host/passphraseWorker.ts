import { parentPort, workerData } from 'node:worker_threads';
import { armor, Decrypter, Encrypter } from 'age-encryption';
import type { PassphraseTask } from './passphrase.ts';

/** Runs in a thread, since one passphrase would block the extension host for more than a second. */
async function work(task: PassphraseTask): Promise<string> {
  if (task.what === 'encrypt') {
    const encrypter = new Encrypter();
    encrypter.setScryptWorkFactor(task.workFactor);
    encrypter.setPassphrase(task.passphrase);
    return armor.encode(await encrypter.encrypt(task.text));
  }
  const decrypter = new Decrypter();
  decrypter.addPassphrase(task.passphrase);
  return decrypter.decrypt(bytesOf(task.bytes), 'text');
}

function bytesOf(bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes).toString('latin1');
  return text.trimStart().startsWith('-----BEGIN') ? armor.decode(text.trim()) : bytes;
}

work(workerData as PassphraseTask).then(
  text => parentPort?.postMessage({ text }),
  () => parentPort?.postMessage({}),
);
