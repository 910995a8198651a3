import assert from 'node:assert/strict';
import { readConfiguration } from '../../../src/cli/configuration/readConfiguration.ts';
import { createServerLog } from '../../../src/cli/serve/serverLog.ts';
import { type RunningServer, type StartOptions, startServer } from '../../../src/cli/serve/startServer.ts';
import type { TeamAnswer } from '../../../src/core/team/teamAnswer.ts';
import { redactor } from '../../../src/redaction/redactor.ts';
import { canary } from '../../canary/search.ts';
import type { SampleGateway } from '../../sampleGateways/server.ts';
import { ConfigurationFolder, tokenFor } from './configurationFolder.ts';

type Members = Readonly<Record<string, unknown>>;

/** A token of each kind that the server of `TeamServer` knows. */
export const READER = tokenFor('reader');
export const SCRAPER = tokenFor('scraper');

/** A team server in this process, with keys of a sample gateway whose secrets it has by its environment. */
export class TeamServer {
  readonly at = new ConfigurationFolder();
  readonly logLines: string[] = [];
  readonly environment: Record<string, string> = {};
  #running: RunningServer | undefined;

  /** A member of `keys` for a key of a gateway. */
  key(gateway: SampleGateway, handle: string, more: Members = {}): Members {
    const variable = `SECRET_OF_${handle.toUpperCase().replaceAll('-', '_')}`;
    this.environment[variable] = gateway.secret(handle);
    return { name: handle, kind: 'newApi', baseUrl: gateway.origin, secretEnv: variable, ...more };
  }

  async start(
    keys: readonly Members[],
    members: Members = {},
    options: Partial<StartOptions> = {},
  ): Promise<string> {
    this.at.write({ keys, ...members });
    const { environment } = this;
    const { configuration, mistakes } = await readConfiguration(this.at.file, {
      // What is wrong with an address by itself is the matter of another test.
      isBehindTls: true,
      environment,
    });
    assert.ok(configuration, mistakes.join('\n'));
    const log = createServerLog(line => this.logLines.push(redactor.redact(line)));
    this.#running = await startServer(configuration, { log, environment, ...options });
    return this.#running.address;
  }

  get address(): string {
    assert.ok(this.#running);
    return this.#running.address;
  }

  /** Asks it as a client does, with no proxy and no cache in between. */
  async get(path: string, token?: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
    const authorization: Record<string, string> =
      token === undefined ? {} : { authorization: `Bearer ${token}` };
    const answer = await fetch(this.address + path, {
      headers: { ...authorization, ...headers },
      redirect: 'manual',
    });
    canary.text(`an answer to ${path}`, await answer.clone().text());
    return answer;
  }

  async keys(token = READER): Promise<TeamAnswer['keys']> {
    return ((await (await this.get('/v1/keys', token)).json()) as TeamAnswer).keys;
  }

  /** The values of one metric, by its labels as Prometheus writes them. */
  async metric(name: string): Promise<Readonly<Record<string, number>>> {
    const text = await (await this.get('/metrics', SCRAPER)).text();
    const lines = text.split('\n').filter(line => line.startsWith(`${name}{`) || line.startsWith(`${name} `));
    return Object.fromEntries(
      lines.map(line => {
        const at = line.lastIndexOf(' ');
        return [line.slice(name.length, at), Number(line.slice(at + 1))];
      }),
    );
  }

  async close(): Promise<void> {
    await this.#running?.close();
    this.#running = undefined;
    canary.text('the log of a server', this.logLines.join('\n'));
  }
}
