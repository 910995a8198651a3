import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TeamAnswer } from '../../../src/core/team/teamAnswer.ts';
import { projectRoot } from '../../host/project.ts';
import type { SampleKey } from '../../sampleGateways/sampleKeys.ts';
import { secretFor } from '../../sampleGateways/secrets.ts';
import { eventually, Program } from '../../team/program.ts';

const COMMAND = join(projectRoot, 'dist', 'npm', 'key-quota.cjs');

/** `key-quota serve` as it is packaged, with keys of sample gateways; it can be ended and started again at its address. */
export class ServeProcess {
  readonly token = secretFor('token of an editor');
  readonly #folder = mkdtempSync(join(tmpdir(), 'serve-'));
  #program: Program | undefined;
  address = '';

  async start(keys: readonly SampleKey[]): Promise<void> {
    mkdirSync(join(this.#folder, 'data'), { recursive: true });
    this.#write('reader', this.token);
    const configured = keys.map(({ label: name, kind, origin: baseUrl, secret }, index) => {
      this.#write(`key-${index}`, secret);
      return { name, kind, baseUrl, secretFile: `key-${index}` };
    });
    const port = this.address === '' ? 0 : Number(new URL(this.address).port);
    const configuration = {
      ...{ data: 'data', listen: `127.0.0.1:${port}`, budget: 'whole' },
      readers: [{ name: 'all', tokenFile: 'reader' }],
      keys: configured,
    };
    this.#write('key-quota.json', JSON.stringify(configuration));
    this.#program = new Program('key-quota serve', process.execPath, [
      COMMAND,
      'serve',
      join(this.#folder, 'key-quota.json'),
    ]);
    const [, address = ''] = await this.#program.untilSaid(/answers at (http:\/\/127\.0\.0\.1:\d+)/);
    this.address = address;
    await eventually(() => this.#isTold());
  }

  /** Whether its gateways have told it the figures of all its keys. */
  async #isTold(): Promise<boolean> {
    const headers = { authorization: `Bearer ${this.token}` };
    const { keys } = (await (await fetch(`${this.address}/v1/keys`, { headers })).json()) as TeamAnswer;
    return keys.every(({ reading }) => reading !== undefined);
  }

  async kill(): Promise<void> {
    await this.#program?.end('SIGKILL');
    this.#program = undefined;
  }

  async close(): Promise<void> {
    await this.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #write(name: string, text: string): void {
    writeFileSync(join(this.#folder, name), text, { mode: 0o600 });
  }
}
