/**
 * A window in a process of its own that changes keys and is killed in between. Arguments: the folder of the
 * database, that of the secrets (a file each), what to do, and after how many steps of it to die.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { redactor } from '../../../src/redaction/redactor.ts';
import { MemorySecrets } from './memorySecrets.ts';
import { TestWindow } from './testWindow.ts';

const [folder = '', secretFolder = '', what = 'add', steps = '0'] = process.argv.slice(2);
let left = Number(steps);

function step(): void {
  if (left-- <= 0) process.kill(process.pid, 'SIGKILL');
}

/** Secrets that outlive the process, as the system's key ring does. */
class FileSecrets extends MemorySecrets {
  constructor() {
    super();
    mkdirSync(secretFolder, { recursive: true });
    for (const name of readdirSync(secretFolder))
      this.entries.set(decodeURIComponent(name), readFileSync(join(secretFolder, name), 'utf8'));
  }
  override async store(name: string, value: string): Promise<void> {
    step();
    writeFileSync(join(secretFolder, encodeURIComponent(name)), value);
    step();
    await super.store(name, value);
  }
  override async delete(name: string): Promise<void> {
    step();
    rmSync(join(secretFolder, encodeURIComponent(name)), { force: true });
    step();
    await super.delete(name);
  }
}

const testWindow = new TestWindow({ folder, storage: new FileSecrets() });
const draft = { label: 'Team', kind: 'newApi', baseUrl: 'http://localhost:9', credential: 'apiKey' } as const;
const durably = testWindow.store.transactionOnDisk.bind(testWindow.store);
testWindow.store.transactionOnDisk = work => {
  step();
  const result = durably(work);
  step();
  return result;
};
redactor.protect('sk-first-0123456789');
if (what === 'add') await testWindow.keyService.add({ ...draft, secret: 'sk-first-0123456789' });
const [key] = testWindow.store.keys.allKeys();
if (key && what === 'replace') await testWindow.keyService.replaceSecret(key, 'sk-other-0123456789');
if (key && what === 'remove') await testWindow.keyService.remove(key);
process.exit(0);
