import { mkdtempSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConfiguredKey } from '../../../src/cli/configuration/configuration.ts';
import { defaultSettings } from '../../../src/cli/defaultSettings.ts';
import { adoptKeys } from '../../../src/cli/serve/adoptKeys.ts';
import { acceptsGzip, sendAnswer } from '../../../src/cli/serve/http/answer.ts';
import { createBoundedServer } from '../../../src/cli/serve/http/boundedServer.ts';
import { createServerParts, type ServerParts } from '../../../src/cli/serve/serverParts.ts';
import { TeamAnswers } from '../../../src/cli/serve/teamAnswers.ts';
import { type BaseUrl, baseUrlOf } from '../../../src/core/input/baseUrl.ts';
import { teamKeyId } from '../../../src/core/team/teamAnswer.ts';
import { SqliteStore } from '../../../src/store/store.ts';
import type { SampleGateway } from '../../sampleGateways/server.ts';
import { discardFolder } from './folders.ts';
import type { ManualClock } from './manualClock.ts';
import { seededChance } from './seededChance.ts';

const noop = () => undefined;

/** By what a server reads a team's keys: each by itself, or all by the access token of their account. */
export type OfficeCredential = 'apiKey' | 'accessToken';

/** The server of an office's team by the office's clock: what `key-quota serve` is made of, and what it answers to readers. */
export class OfficeServer {
  readonly #parts: ServerParts;
  readonly #store: SqliteStore;
  readonly #folder = mkdtempSync(join(tmpdir(), 'key-quota-office-'));
  readonly #listener: ReturnType<typeof createBoundedServer>;

  private constructor(clock: ManualClock, configured: readonly ConfiguredKey[]) {
    const quiet = { info: noop, warn: noop, debug: noop, show: noop };
    this.#store = new SqliteStore(this.#folder, clock.now());
    const keys = adoptKeys(this.#store, configured, clock.now());
    this.#parts = createServerParts({
      configuration: {
        ...{ listen: { host: '127.0.0.1', port: 0, isLoopback: true }, data: this.#folder },
        ...{ readers: [], scrapers: [], withNames: true, proxyLogins: new Map(), describedGateways: {} },
        ...{ settings: defaultSettings, keys: configured },
      },
      ...{ store: this.#store, keys, clock, log: quiet, environment: {}, chance: seededChance(7) },
    });
    const salt = 'salt';
    const ids = new Map([...keys].map(([id, { baseUrl, secret }]) => [id, teamKeyId(salt, baseUrl, secret)]));
    const answers = new TeamAnswers({
      ...{ salt, ids, snapshot: () => this.#parts.monitor.snapshot, now: clock.now, monthBegins: () => 1 },
    });
    const everybody = { name: 'everybody', token: '', patterns: ['*'] };
    this.#listener = createBoundedServer(({ headers }, response) => {
      const answer = answers.answerFor(everybody, headers['if-none-match']);
      void sendAnswer(response, answer, acceptsGzip(headers['accept-encoding']?.toString()));
    });
  }

  static async start(
    clock: ManualClock,
    gateway: SampleGateway,
    handles: readonly string[],
    credential: OfficeCredential,
  ): Promise<OfficeServer> {
    const server = new OfficeServer(clock, [
      ...apiKeys(gateway, handles),
      ...(credential === 'accessToken' ? [accessToken(gateway, handles)] : []),
    ]);
    await new Promise<void>(resolve => server.#listener.listen(0, '127.0.0.1', resolve));
    await server.#parts.start();
    return server;
  }

  get baseUrl(): BaseUrl {
    const { port } = this.#listener.address() as AddressInfo;
    return baseUrlOf({ origin: `http://127.0.0.1:${port}` });
  }

  idle(): Promise<void> {
    return this.#parts.monitor.idle();
  }

  async close(): Promise<void> {
    this.#listener.close();
    this.#listener.closeAllConnections();
    await this.#parts.close();
    this.#store.close();
    discardFolder(this.#folder);
  }
}

function apiKeys(gateway: SampleGateway, handles: readonly string[]): readonly ConfiguredKey[] {
  const baseUrl = baseUrlOf(gateway);
  return handles.map(name => ({
    ...{ name, kind: 'newApi', baseUrl, credential: 'apiKey', secret: gateway.secret(name), limits: [] },
  }));
}

function accessToken(gateway: SampleGateway, [handle = '']: readonly string[]): ConfiguredKey {
  const { id, accessToken: secret } = gateway.account(gateway.key(handle).account);
  const baseUrl = baseUrlOf(gateway);
  const account = { name: 'account', kind: 'newApi', baseUrl, secret, userId: String(id), limits: [] };
  return { ...account, credential: 'accessToken' };
}
