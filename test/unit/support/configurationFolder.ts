import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tempFolder } from './folders.ts';

/** A secret of 64 characters for a name, always the same, without the mark of a gateway's: it stands in a file of its own. */
export function tokenFor(name: string): string {
  return Buffer.from(name.padEnd(32, '.')).toString('hex').slice(0, 64);
}

type Members = Readonly<Record<string, unknown>>;

/** A folder with a configuration that has nothing wrong with it, and files with its secrets. */
export class ConfigurationFolder {
  readonly folder = tempFolder();
  readonly file = join(this.folder, 'key-quota.json');

  constructor() {
    mkdirSync(join(this.folder, 'data'));
    this.secretFile('key', 'sk-0123456789abcdefghijKLMN');
    this.secretFile('reader', tokenFor('reader'));
    this.secretFile('scraper', tokenFor('scraper'));
    this.write({});
  }

  /** Writes a file that only its owner may read, and returns its name. */
  secretFile(name: string, text: string): string {
    const path = join(this.folder, name);
    writeFileSync(path, `${text}\n`);
    chmodSync(path, 0o600);
    return name;
  }

  /** Writes the configuration with other members than the right ones. */
  write(members: Members, key: Members = {}): void {
    this.writeText(JSON.stringify({ ...this.right(key), ...members }, null, 2));
  }

  writeText(text: string): void {
    writeFileSync(this.file, text);
  }

  right(key: Members = {}): Members {
    return {
      listen: '127.0.0.1:0',
      data: 'data',
      readers: [{ name: 'all', tokenFile: 'reader' }],
      scrapers: [{ tokenFile: 'scraper' }],
      keys: [{ name: 'ML batch', kind: 'newApi', baseUrl: 'https://gw.example', secretFile: 'key', ...key }],
    };
  }
}
