import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createNetServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canary } from '../canary/search.ts';
import { projectRoot } from '../host/project.ts';
import { secretFor } from '../sampleGateways/secrets.ts';
import { type SampleGateway, startSampleGateway } from '../sampleGateways/server.ts';
import { type Engines, engines } from './engines.ts';
import { Program } from './program.ts';

type Members = Readonly<Record<string, unknown>>;

/** Tokens that carry the mark that the search looks for. */
export const READER = secretFor('token of a reader');
const SCRAPER = secretFor('token of a scraper');

/** What the tests of one stage do with Prometheus' answers. */
interface QueryAnswer {
  readonly status: string;
  readonly data: {
    readonly result: readonly { readonly metric: Record<string, string>; readonly value: [number, string] }[];
  };
}

/** An alert as Alertmanager sends it. */
interface Alert {
  readonly status: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** A sample gateway, the built command, Prometheus, Alertmanager and a webhook, each a process or server of its own on loopback. */
export class TeamStage {
  readonly folder = mkdtempSync(join(tmpdir(), 'team-'));
  readonly gateway: SampleGateway;
  readonly engines: Engines;
  /** What came to the webhook. */
  readonly alerts: Alert[] = [];
  readonly #webhook = createServer();
  readonly #programs: Program[] = [];
  #server: Program | undefined;
  address = '';
  prometheus = '';

  private constructor(gateway: SampleGateway, found: Engines) {
    this.gateway = gateway;
    this.engines = found;
    for (const name of ['secrets', 'data', 'prometheus', 'alertmanager']) mkdirSync(join(this.folder, name));
    this.#secret('reader', READER);
    this.#secret('scraper', SCRAPER);
  }

  static async create(): Promise<TeamStage> {
    const [gateway, found] = await Promise.all([startSampleGateway(), engines()]);
    const stage = new TeamStage(gateway, found);
    execFileSync(process.execPath, ['esbuild.js', '--production', '--outdir', join(stage.folder, 'dist')], {
      cwd: projectRoot,
    });
    await stage.#startWebhook();
    return stage;
  }

  get command(): string {
    return join(this.folder, 'dist', 'npm', 'key-quota.cjs');
  }

  get configuration(): string {
    return join(this.folder, 'key-quota.json');
  }

  /** Starts the server with keys of the sample gateway, and waits until it answers. */
  async serve(handles: readonly string[], members: Members = {}): Promise<Program> {
    const keys = handles.map(handle => {
      this.#secret(handle, this.gateway.secret(handle));
      return { name: handle, kind: 'newApi', baseUrl: this.gateway.origin, secretFile: `secrets/${handle}` };
    });
    const readers = [{ name: 'all', tokenFile: 'secrets/reader' }];
    const scrapers = [{ tokenFile: 'secrets/scraper' }];
    const listen = this.address === '' ? '127.0.0.1:0' : this.address.slice('http://'.length);
    const configuration = { listen, data: 'data', readers, scrapers, pollMinutes: 1, keys, ...members };
    writeFileSync(this.configuration, JSON.stringify(configuration));
    const server = new Program('key-quota serve', process.execPath, [
      this.command,
      'serve',
      this.configuration,
    ]);
    this.#programs.push(server);
    this.#server = server;
    [, this.address = ''] = await server.untilSaid(/answers at (http:\S+)/);
    return server;
  }

  get server(): Program {
    if (!this.#server) throw new Error('No server was started.');
    return this.#server;
  }

  async get(path: string, token: string): Promise<string> {
    const answer = await fetch(this.address + path, { headers: { authorization: `Bearer ${token}` } });
    const text = await answer.text();
    canary.text(`an answer to ${path}`, text);
    return text;
  }

  metrics(): Promise<string> {
    return this.get('/metrics', SCRAPER);
  }

  /** Starts Prometheus with the rules that are delivered, without their waiting, and Alertmanager. */
  async startEngines(): Promise<void> {
    const [prometheus, alertmanager] = [await freePort(), await freePort()];
    const rules = readFileSync(join(projectRoot, 'deploy/prometheus/key-quota.rules.yml'), 'utf8');
    writeFileSync(join(this.folder, 'rules.yml'), rules.replace(/^(\s+for:) .*$/gm, '$1 0s'));
    const scrape = readFileSync(join(projectRoot, 'deploy/prometheus/scrape.yml'), 'utf8')
      .replace('/etc/prometheus/key-quota.token', join(this.folder, 'secrets', 'scraper'))
      .replace('127.0.0.1:9633', this.address.slice('http://'.length))
      .replace('scrape_interval: 60s', 'scrape_interval: 1s')
      .replace('key-quota.rules.yml', join(this.folder, 'rules.yml'));
    writeFileSync(
      join(this.folder, 'prometheus.yml'),
      `global: { evaluation_interval: 1s, scrape_timeout: 1s }\nalerting: { alertmanagers: [{ static_configs: [{ targets: ["127.0.0.1:${alertmanager}"] }] }] }\n${scrape}`,
    );
    const { port } = this.#webhook.address() as AddressInfo;
    const routes = readFileSync(join(projectRoot, 'deploy/alertmanager/alertmanager.yml'), 'utf8')
      .replace('127.0.0.1:8080', `127.0.0.1:${port}`)
      .replace('group_wait: 10s', 'group_wait: 0s')
      .replace('group_interval: 5m', 'group_interval: 1s');
    writeFileSync(join(this.folder, 'alertmanager.yml'), routes);
    this.#programs.push(
      new Program('Prometheus', this.engines.prometheus, [
        `--config.file=${join(this.folder, 'prometheus.yml')}`,
        `--storage.tsdb.path=${join(this.folder, 'prometheus')}`,
        `--web.listen-address=127.0.0.1:${prometheus}`,
      ]),
      new Program(
        'Alertmanager',
        this.engines.alertmanager,
        [
          `--config.file=${join(this.folder, 'alertmanager.yml')}`,
          `--storage.path=${join(this.folder, 'alertmanager')}`,
          `--web.listen-address=127.0.0.1:${alertmanager}`,
          '--cluster.listen-address=',
        ],
        { cwd: this.engines.folder },
      ),
    );
    this.prometheus = `http://127.0.0.1:${prometheus}`;
  }

  /** What Prometheus answers to a query now. */
  async query(expression: string): Promise<QueryAnswer> {
    const url = `${this.prometheus}/api/v1/query?${new URLSearchParams({ query: expression })}`;
    return (await (await fetch(url)).json()) as QueryAnswer;
  }

  async close(): Promise<void> {
    for (const program of this.#programs) await program.end();
    this.#webhook.close();
    this.#webhook.closeAllConnections();
    await this.gateway.close();
    // The secrets themselves may be there and nowhere else.
    rmSync(join(this.folder, 'secrets'), { recursive: true });
    canary.folder(this.folder);
    rmSync(this.folder, { recursive: true });
  }

  #secret(name: string, text: string): void {
    writeFileSync(join(this.folder, 'secrets', name), text, { mode: 0o600 });
  }

  async #startWebhook(): Promise<void> {
    this.#webhook.on('request', (request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', part => {
        body += part;
      });
      request.on('end', () => {
        canary.text('what came to the webhook', body);
        this.alerts.push(...(JSON.parse(body) as { alerts: Alert[] }).alerts);
        response.end();
      });
    });
    this.#webhook.listen(0, '127.0.0.1');
    await once(this.#webhook, 'listening');
  }
}

async function freePort(): Promise<number> {
  const server = createNetServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
