/**
 * The sample gateway: a real HTTP server on loopback that speaks like the gateways the product knows.
 *
 *   const gateway = await startSampleGateway({ kind: 'newApi', version: 'v0.12.7' });
 *   // ask gateway.origin with gateway.secret('ok')
 *   gateway.key('ok').remain -= 5_000;
 *   gateway.spend('ok', { quota: 1_000, model: 'gpt-4.1', promptTokens: 90, completionTokens: 10 });
 *   await gateway.close();
 *
 * One gateway is one origin of one kind. Without options it has one key for every scenario of its kind, each
 * in an account of its own, and no limiters.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { canary } from '../canary/search.ts';
import { type CallRecord, recordOf } from './callLog.ts';
import { makeCertificate } from './certificate.ts';
import { realClock } from './clock.ts';
import { holdingsFor } from './holdingsFor.ts';
import { type GatewayKind, KINDS } from './kinds.ts';
import { type Limiters, makeLimiters } from './limits.ts';
import { modelCall } from './modelCall.ts';
import { VERSIONS, type VersionName } from './newApi/version.ts';
import type { GatewayOptions } from './options.ts';
import type { Scenario } from './scenarios/scenario.ts';
import { defaultSettings, type Settings } from './settings.ts';
import { FRESH_SITE, type SiteStatus } from './siteStatus.ts';
import type { AccountState } from './state/accountState.ts';
import type { Holdings } from './state/holdings.ts';
import { type KeyState, ORDINARY_KEY } from './state/keyState.ts';
import type { Ledger } from './state/ledger.ts';
import type { LogRow, Spend } from './state/logRow.ts';
import { readCall } from './wire/call.ts';
import { Holds } from './wire/holds.ts';
import { placed } from './wire/places.ts';
import type { Reply } from './wire/reply.ts';
import { send } from './wire/send.ts';
import { withoutOwnSecrets } from './withoutOwnSecrets.ts';

/** A running sample gateway. */
export interface SampleGateway {
  readonly origin: string;
  readonly kind: GatewayKind;
  readonly version: VersionName;
  /** The certificate to trust, when the gateway speaks TLS. */
  readonly ca: string | undefined;
  readonly calls: CallRecord[];
  /** The data of `/api/status`; set or delete members at any time. */
  readonly status: SiteStatus;
  readonly settings: Settings;
  readonly limiters: Limiters;
  readonly ledger: Ledger;
  readonly holdings: Holdings;
  /** How many replies are kept back, and the way to let them go. */
  readonly holds: Holds;
  key(handle: string): KeyState;
  account(name: string): AccountState;
  /** The secret of a key. */
  secret(handle: string): string;
  spend(handle: string, spend: Spend): LogRow;
  refund(handle: string, spend: Spend): LogRow;
  /** Puts a key into another scenario; its secret stays. */
  setScenario(handle: string, scenario: string | Scenario): void;
  /** Answers a route (`GET /api/status`, or `*` for all others) with this reply from now on, or as usual again. */
  setReply(route: string, reply: Reply | undefined): void;
  /** Calls that match: by path, key, or both. */
  callsOf(filter: { path?: string; key?: string }): CallRecord[];
  close(): Promise<void>;
}

/** Starts a sample gateway. */
export async function startSampleGateway(options: GatewayOptions = {}): Promise<SampleGateway> {
  const kind = options.kind ?? 'newApi';
  const parts = KINDS[kind];
  const version = options.version ?? parts.version;
  const clock = options.clock ?? options.holdings?.clock ?? realClock;
  const holdings = options.holdings ?? holdingsFor(options, parts.scenarios, parts.secretPrefix, clock);
  const status = { ...FRESH_SITE, ...parts.status, ...options.status };
  const settings = { ...defaultSettings(), ...parts.settings, ...options.settings };
  const mode = options.limiterMode ?? VERSIONS[version].limiterMode;
  const limiters = makeLimiters(options.limits ?? 'off', parts.limits, mode, clock);
  const site = parts.site(version, { holdings, status, settings, limiters, clock });
  const calls: CallRecord[] = [];
  const replies = new Map<string, Reply>();
  const holds = new Holds();
  let origin = '';

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const call = await readCall(request);
    const record = recordOf(call, holdings, site.callerOf?.(call));
    calls.push(record);
    canary.request(`${call.method} ${origin}`, withoutOwnSecrets(holdings, call));
    const reply = site.dress(
      replies.get(`${call.method} ${call.path}`) ??
        replies.get('*') ??
        modelCall(call, holdings, site) ??
        site.answer(call),
      call,
    );
    record.status = reply.delivery?.how === 'reset' ? 0 : reply.status;
    if (options.latencyMs !== undefined) await delay(options.latencyMs);
    const dated = { ...reply, headers: { Date: new Date(clock()).toUTCString(), ...reply.headers } };
    await send(response, placed(dated, call, origin, options.elsewhere), holds);
  };

  const certificate = options.tls && (await makeCertificate(options.tls, clock));
  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    answer(request, response).catch((error: Error) => {
      // A client that left needs nothing; anything else is a fault of ours that a test must get to see.
      if (response.headersSent || response.destroyed) response.destroy();
      else response.writeHead(500).end(`the sample gateway failed: ${error.message}`);
    });
  };
  const server: Server = certificate
    ? createTlsServer({ key: certificate.key, cert: certificate.chain }, listener)
    : createServer(listener);
  await listen(server, options.port ?? 0);
  origin = `${certificate ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    origin,
    kind,
    version,
    ca: certificate?.ca,
    calls,
    status,
    settings,
    limiters,
    holdings,
    holds,
    ledger: holdings.ledger,
    key: handle => holdings.key(handle),
    account: name => holdings.account(name),
    secret: handle => holdings.key(handle).secret,
    spend: (handle, spend) => holdings.spend(handle, spend),
    refund: (handle, spend) => holdings.refund(handle, spend),
    setScenario(handle, wanted) {
      const scenario = typeof wanted === 'string' ? parts.scenarios[wanted] : wanted;
      if (!scenario) throw new Error(`there is no scenario ${String(wanted)}`);
      Object.assign(holdings.key(handle), ORDINARY_KEY, structuredClone(scenario.holds), {
        scenario,
        reads: 0,
        cachedUsed: undefined,
      });
    },
    setReply(route, reply) {
      if (reply) replies.set(route, reply);
      else replies.delete(route);
    },
    callsOf: filter =>
      calls.filter(
        call =>
          (filter.path === undefined || call.path === filter.path) &&
          (filter.key === undefined || call.key === filter.key),
      ),
    close() {
      holds.release();
      return new Promise((resolve, reject) => {
        server.close(error => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      });
    },
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
}
