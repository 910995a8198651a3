import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { projectRoot } from '../../host/project.ts';
import { secretFor } from '../../sampleGateways/secrets.ts';
import { Program } from '../../team/program.ts';

/** A key that a server asks for: New API's, at a sample gateway. */
export interface ServedKey {
  readonly origin: string;
  readonly handle: string;
}

const READER = secretFor('token of a reader');
const SCRAPER = secretFor('token of a scraper');

const LOOK_AGAIN_MS = 500;

interface Timed {
  readonly ms: number;
  readonly etag: string;
}

/** The built `key-quota serve` in a folder of its own, which can be killed and started again. */
export class ServedKeys {
  readonly folder = mkdtempSync(join(tmpdir(), 'key-quota-serve-'));
  readonly data = join(this.folder, 'data');
  readonly #environment: NodeJS.ProcessEnv = { ...process.env };
  #program: Program | undefined;
  #address = '';

  constructor(keys: readonly ServedKey[], members: Readonly<Record<string, unknown>> = {}) {
    execFileSync(process.execPath, ['esbuild.js', '--production', '--outdir', join(this.folder, 'dist')], {
      cwd: projectRoot,
    });
    mkdirSync(this.data);
    this.#environment.READER = READER;
    this.#environment.SCRAPER = SCRAPER;
    const configured = keys.map(({ origin, handle }, index) => {
      this.#environment[`SECRET_${index}`] = secretFor(handle);
      return { name: `Key ${index}`, kind: 'newApi', baseUrl: origin, secretEnv: `SECRET_${index}` };
    });
    const tokens = { readers: [{ name: 'all', tokenEnv: 'READER' }], scrapers: [{ tokenEnv: 'SCRAPER' }] };
    const configuration = { listen: '127.0.0.1:0', data: 'data', ...tokens, keys: configured, ...members };
    writeFileSync(this.#configuration, JSON.stringify(configuration));
  }

  get #configuration(): string {
    return join(this.folder, 'key-quota.json');
  }

  async start(): Promise<void> {
    const command = join(this.folder, 'dist', 'npm', 'key-quota.cjs');
    const args = [command, 'serve', this.#configuration];
    this.#program = new Program('key-quota serve', process.execPath, args, { env: this.#environment });
    [, this.#address = ''] = await this.#program.untilSaid(/answers at (http:\S+)/);
  }

  async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    await this.#program?.end(signal);
    this.#program = undefined;
  }

  /** Waits until there is a figure of each key. */
  async allRead(): Promise<void> {
    for (;;) {
      const answer = await fetch(`${this.#address}/v1/keys`, {
        headers: { authorization: `Bearer ${READER}` },
      });
      const { keys } = (await answer.json()) as { keys: { reading?: unknown }[] };
      if (keys.every(({ reading }) => reading)) return;
      await pause(LOOK_AGAIN_MS);
    }
  }

  /** Asks as an editor does that already has the answer with this ETag. */
  timeOfRead(etag = ''): Promise<Timed> {
    return this.#timeOf('/v1/keys', READER, { 'if-none-match': etag });
  }

  timeOfScrape(): Promise<Timed> {
    return this.#timeOf('/metrics', SCRAPER);
  }

  /** The most memory that it had at any moment, as Linux counts it, in megabytes. */
  get mostResidentMb(): number {
    const status = readFileSync(`/proc/${this.#program?.process.pid}/status`, 'utf8');
    return Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1]) / 1024;
  }

  async close(): Promise<void> {
    await this.end();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Until the last byte, compressed as it was sent. */
  async #timeOf(path: string, token: string, more: Record<string, string> = {}): Promise<Timed> {
    const headers = { authorization: `Bearer ${token}`, 'accept-encoding': 'gzip', ...more };
    const start = performance.now();
    const [answer] = (await once(get(this.#address + path, { headers }), 'response')) as [IncomingMessage];
    answer.resume();
    await once(answer, 'end');
    return { ms: performance.now() - start, etag: answer.headers.etag ?? '' };
  }
}
