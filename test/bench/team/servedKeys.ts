import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

/** What a process has used and takes, as Linux counts it. */
export interface Usage {
  readonly cpuMs: number;
  readonly residentMb: number;
  readonly mostResidentMb: number;
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
      const { keys } = (await (await this.readers()).json()) as { keys: { reading?: unknown }[] };
      if (keys.every(({ reading }) => reading)) return;
      await pause(LOOK_AGAIN_MS);
    }
  }

  /** As an editor asks that has the answer of a tag. */
  readers(etag = ''): Promise<Response> {
    return this.#get('/v1/keys', READER, { 'if-none-match': etag });
  }

  scrape(): Promise<Response> {
    return this.#get('/metrics', SCRAPER);
  }

  usage(): Usage {
    const pid = this.#program?.process.pid;
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const mb = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) / 1024;
    return { cpuMs: cpuMsOf(`/proc/${pid}/task`), residentMb: mb('VmRSS'), mostResidentMb: mb('VmHWM') };
  }

  async close(): Promise<void> {
    await this.end();
    rmSync(this.folder, { recursive: true, force: true });
  }

  #get(path: string, token: string, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(this.#address + path, { headers: { authorization: `Bearer ${token}`, ...headers } });
  }
}

/** Of all threads: gzip runs in others than the first. */
function cpuMsOf(tasks: string): number {
  const times = readdirSync(tasks).map(
    task => readFileSync(join(tasks, task, 'schedstat'), 'utf8').split(' ')[0],
  );
  return times.reduce((sum, ns) => sum + Number(ns), 0) / 1e6;
}
