import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, createServer as createNetServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canary } from '../canary/search.ts';
import { projectRoot } from '../host/project.ts';
import { secretFor } from '../sampleGateways/secrets.ts';
import { type SampleGateway, startSampleGateway } from '../sampleGateways/server.ts';
import { type Engines, engines } from './engines.ts';
import { otherExporters } from './otherExporters.ts';
import { Program } from './program.ts';

type Members = Readonly<Record<string, unknown>>;

/** Tokens that carry the mark that the search looks for. */
export const READER = secretFor('token of a reader');
const SCRAPER = secretFor('token of a scraper');
/** Without that mark: the variables of OpenTelemetry are in the environment, which is searched too. */
export const COLLECTOR = 'the-token-of-a-collector-7d1c';

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

/** Which engine is asked; both are in the same way. */
export type Engine = 'prometheus' | 'victoriaMetrics';

/** A sample gateway, the built command, Prometheus, Alertmanager, VictoriaMetrics and a webhook, each a process or server of its own on loopback. */
export class TeamStage {
  readonly folder = mkdtempSync(join(tmpdir(), 'team-'));
  readonly gateway: SampleGateway;
  readonly engines: Engines;
  /** What came to the webhook. */
  readonly alerts: Alert[] = [];
  readonly #webhook = createServer();
  readonly #others = otherExporters();
  readonly #programs: Program[] = [];
  #server: Program | undefined;
  address = '';
  readonly engineAddresses: Readonly<Record<Engine, string>>;

  private constructor(gateway: SampleGateway, found: Engines, addresses: Readonly<Record<Engine, string>>) {
    this.gateway = gateway;
    this.engines = found;
    this.engineAddresses = addresses;
    for (const name of ['secrets', 'data', 'prometheus', 'alertmanager']) mkdirSync(join(this.folder, name));
    this.#secret('reader', READER);
    this.#secret('scraper', SCRAPER);
  }

  static async create(): Promise<TeamStage> {
    const [gateway, found] = await Promise.all([startSampleGateway(), engines()]);
    const [prometheus, victoriaMetrics] = [await freeAddress(), await freeAddress()];
    const stage = new TeamStage(gateway, found, { prometheus, victoriaMetrics });
    execFileSync(process.execPath, ['esbuild.js', '--production', '--outdir', join(stage.folder, 'dist')], {
      cwd: projectRoot,
    });
    stage.#takeAlerts();
    for (const server of [stage.#webhook, stage.#others]) {
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
    }
    return stage;
  }

  get command(): string {
    return join(this.folder, 'dist', 'npm', 'key-quota.cjs');
  }

  get configuration(): string {
    return join(this.folder, 'key-quota.json');
  }

  /** Starts the server with keys of the sample gateway, and waits until it answers. */
  async serve(handles: readonly string[], members: Members = {}, node = process.execPath): Promise<Program> {
    const keys = handles.map(handle => {
      this.#secret(handle, this.gateway.secret(handle));
      return { name: handle, kind: 'newApi', baseUrl: this.gateway.origin, secretFile: `secrets/${handle}` };
    });
    const readers = [{ name: 'all', tokenFile: 'secrets/reader' }];
    const scrapers = [{ tokenFile: 'secrets/scraper' }];
    const listen = this.address === '' ? '127.0.0.1:0' : this.address.slice('http://'.length);
    // No check falls due while the tests of a stage run, but at the start.
    const pollMinutes = 60;
    const configuration = { listen, data: 'data', readers, scrapers, pollMinutes, keys, ...members };
    writeFileSync(this.configuration, JSON.stringify(configuration));
    const server = new Program('key-quota serve', node, [this.command, 'serve', this.configuration], {
      env: { ...process.env, ...this.#pushing },
    });
    this.#programs.push(server);
    this.#server = server;
    [, this.address = ''] = await server.untilSaid(/answers at (http:\S+)\n/);
    return server;
  }

  /** Where the server pushes to: VictoriaMetrics, which begins later and has no use for a token. */
  get #pushing(): NodeJS.ProcessEnv {
    if (this.engines.victoriaMetrics === undefined) return {};
    return {
      OTEL_EXPORTER_OTLP_ENDPOINT: `${this.engineAddresses.victoriaMetrics}/opentelemetry`,
      OTEL_EXPORTER_OTLP_HEADERS: `Authorization=Bearer%20${COLLECTOR}`,
      OTEL_METRIC_EXPORT_INTERVAL: '1000',
    };
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

  /** Starts Prometheus with the rules that are delivered, without their waiting, Alertmanager, and what takes pushes. */
  async startEngines(): Promise<void> {
    const alertmanager = hostOf(await freeAddress());
    this.#startVictoriaMetrics();
    const rules = readFileSync(join(projectRoot, 'deploy/prometheus/key-quota.rules.yml'), 'utf8');
    writeFileSync(join(this.folder, 'rules.yml'), rules.replace(/^(\s+for:) .*$/gm, '$1 0s'));
    const scrape = readFileSync(join(projectRoot, 'deploy/prometheus/scrape.yml'), 'utf8')
      .replace('/etc/prometheus/key-quota.token', join(this.folder, 'secrets', 'scraper'))
      .replace('127.0.0.1:9633', this.address.slice('http://'.length))
      .replace('scrape_interval: 60s', 'scrape_interval: 1s')
      .replace('key-quota.rules.yml', join(this.folder, 'rules.yml'))
      .replace(
        'rule_files:',
        `  - { job_name: others, scrape_interval: 1s, static_configs: [{ targets: ["${listeningAt(this.#others)}"] }] }\n$&`,
      );
    writeFileSync(
      join(this.folder, 'prometheus.yml'),
      `global: { evaluation_interval: 1s, scrape_timeout: 1s }\nalerting: { alertmanagers: [{ static_configs: [{ targets: ["${alertmanager}"] }] }] }\n${scrape}`,
    );
    const routes = readFileSync(join(projectRoot, 'deploy/alertmanager/alertmanager.yml'), 'utf8')
      .replace('127.0.0.1:8080', listeningAt(this.#webhook))
      .replace('group_wait: 10s', 'group_wait: 0s')
      .replace('group_interval: 5m', 'group_interval: 1s');
    writeFileSync(join(this.folder, 'alertmanager.yml'), routes);
    this.#programs.push(
      new Program('Prometheus', this.engines.prometheus, [
        `--config.file=${join(this.folder, 'prometheus.yml')}`,
        `--storage.tsdb.path=${join(this.folder, 'prometheus')}`,
        `--web.listen-address=${hostOf(this.engineAddresses.prometheus)}`,
      ]),
      new Program(
        'Alertmanager',
        this.engines.alertmanager,
        [
          `--config.file=${join(this.folder, 'alertmanager.yml')}`,
          `--storage.path=${join(this.folder, 'alertmanager')}`,
          `--web.listen-address=${alertmanager}`,
          '--cluster.listen-address=',
        ],
        { cwd: this.engines.folder },
      ),
    );
  }

  /** What an engine answers to a query now. */
  async query(expression: string, engine: Engine = 'prometheus'): Promise<QueryAnswer> {
    const url = `${this.engineAddresses[engine]}/api/v1/query?${new URLSearchParams({ query: expression })}`;
    return (await (await fetch(url)).json()) as QueryAnswer;
  }

  async close(): Promise<void> {
    for (const program of this.#programs) await program.end();
    for (const server of [this.#webhook, this.#others]) {
      server.close();
      server.closeAllConnections();
    }
    await this.gateway.close();
    // The secrets themselves may be there and nowhere else.
    rmSync(join(this.folder, 'secrets'), { recursive: true });
    canary.folder(this.folder);
    rmSync(this.folder, { recursive: true });
  }

  #startVictoriaMetrics(): void {
    if (this.engines.victoriaMetrics === undefined) return;
    this.#programs.push(
      new Program('VictoriaMetrics', this.engines.victoriaMetrics, [
        `-storageDataPath=${join(this.folder, 'victoria-metrics')}`,
        `-httpListenAddr=${hostOf(this.engineAddresses.victoriaMetrics)}`,
        '-opentelemetry.usePrometheusNaming',
        // What was pushed just now is told at once.
        '-search.latencyOffset=0s',
      ]),
    );
  }

  #secret(name: string, text: string): void {
    writeFileSync(join(this.folder, 'secrets', name), text, { mode: 0o600 });
  }

  #takeAlerts(): void {
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
  }
}

function listeningAt(server: Server): string {
  const { port } = server.address() as AddressInfo;
  return `127.0.0.1:${port}`;
}

async function freeAddress(): Promise<string> {
  const server = createNetServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return `http://127.0.0.1:${port}`;
}

function hostOf(address: string): string {
  return new URL(address).host;
}
