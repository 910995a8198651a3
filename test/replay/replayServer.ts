import { readFileSync } from 'node:fs';
import { Limiter, type LimiterMode } from '../sampleGateways/limiter.ts';
import {
  type ScriptedReply,
  type ScriptedRequest,
  type ScriptedServer,
  startScriptedServer,
} from './scriptedServer.ts';

/** One answer of a real server, and what was asked. */
interface Capture {
  readonly request: { readonly path: string; readonly headers: Readonly<Record<string, string>> };
  readonly response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: unknown;
  };
}

const FIXTURES = new URL('../fixtures/captures/', import.meta.url);

/** The servers there are captures of, with what differs in how they limit. */
const SERVERS = {
  'new-api-0.6.3': { userHeader: 'new-api-user', general: 180, web: 60, usage: 'web', mode: 'sliding' },
  'new-api-0.9.25': { userHeader: 'new-api-user', general: 180, web: 60, usage: 'critical', mode: 'sliding' },
  'new-api-0.10.9': { userHeader: 'new-api-user', general: 180, web: 60, usage: 'critical', mode: 'sliding' },
  'new-api-0.12.0': { userHeader: 'new-api-user', general: 180, web: 60, usage: 'critical', mode: 'sliding' },
  'new-api-1.0.0-rc': { userHeader: undefined, general: 360, web: 120, usage: 'critical', mode: 'fixed' },
  'veloera-0.3.25': { userHeader: 'veloera-user', general: 180, web: 60, usage: 'web', mode: 'sliding' },
  'one-api': { userHeader: undefined, general: 480, web: 240, usage: 'web', mode: 'sliding' },
  'one-hub': { userHeader: undefined, general: 300, web: 300, usage: 'web', mode: 'sliding' },
  'done-hub': { userHeader: undefined, general: 300, web: 300, usage: 'web', mode: 'sliding' },
} as const satisfies Record<
  string,
  { general: number; web: number; usage: LimitName; mode: LimiterMode; userHeader: string | undefined }
>;

type LimitName = 'general' | 'web' | 'critical';
export type ServerName = keyof typeof SERVERS;

/** Shortly after the last capture. The plans that were captured run from November 28 to December 28, 2026. */
export const CAPTURED_AT = Date.UTC(2026, 10, 28, 22, 10);

export interface ReplayOptions {
  /** Captures that go before the others, by the start of their names: a site that is set differently. */
  readonly prefer?: readonly string[];
  /** Answers by path and page that no capture has, worked out from what is known of the server. */
  readonly extra?: Readonly<Record<string, unknown>>;
  /** The server's own, which its answers tell. */
  readonly clock: () => number;
}

/** A stand-in for a real server: it answers from the captures and limits as the server does. */
export interface ReplayServer extends ScriptedServer {
  /** The secret with which a capture was asked. */
  secretOf(capture: string): string;
}

/** What a capture holds, for answers that are made of it. */
export function capturedBody(name: ServerName, capture: string): unknown {
  const found = capturesOf(name).get(capture);
  if (!found) throw new Error(`${name} has no capture ${capture}`);
  return found.response.body;
}

function capturesOf(name: ServerName): Map<string, Capture> {
  return new Map(Object.entries(JSON.parse(readFileSync(new URL(`${name}.json`, FIXTURES), 'utf8'))));
}

export async function startReplayServer(name: ServerName, options: ReplayOptions): Promise<ReplayServer> {
  const captures = capturesOf(name);
  const replay = new Replay(name, captures, options);
  const server = await startScriptedServer(request => {
    const reply = replay.answer(request);
    return { ...reply, headers: { date: new Date(options.clock()).toUTCString(), ...reply.headers } };
  });
  return {
    ...server,
    secretOf(capture) {
      const secret = secretIn(captures.get(capture)?.request.headers ?? {});
      if (!secret) throw new Error(`${name} has no capture ${capture} with a secret`);
      return secret;
    },
  };
}

class Replay {
  readonly #captures: readonly (readonly [string, Capture])[];
  readonly #limiters: Readonly<Record<LimitName, Limiter>>;
  readonly #form: (typeof SERVERS)[ServerName];
  readonly #hasRetryAfter: boolean;
  readonly #extra: Readonly<Record<string, unknown>>;

  constructor(
    name: ServerName,
    captures: ReadonlyMap<string, Capture>,
    { prefer = [], extra = {}, clock }: ReplayOptions,
  ) {
    this.#form = SERVERS[name];
    this.#extra = extra;
    const { general, web, mode } = this.#form;
    this.#limiters = {
      general: new Limiter({ calls: general, seconds: 180 }, mode, clock),
      web: new Limiter({ calls: web, seconds: 180 }, mode, clock),
      critical: new Limiter({ calls: 20, seconds: 1200 }, mode, clock),
    };
    this.#hasRetryAfter = mode === 'fixed';
    // A refusal by a limiter is the limiter's to give, and a site set differently is another site.
    const isUsual = (capture: string) =>
      !/^(?:429|billing\.[A-Z]|status\.|no-|account-mode)|-no-token-stat|-tokens$/.test(capture);
    const rank = (capture: string) => (prefer.some(start => capture.startsWith(start)) ? 0 : 1);
    this.#captures = [...captures]
      .filter(([capture]) => rank(capture) === 0 || isUsual(capture))
      .sort(([a], [b]) => rank(a) - rank(b));
  }

  answer(request: ScriptedRequest): ScriptedReply {
    const found = this.#extraOf(request) ?? this.#find(request);
    return this.#limited(request.path, found !== undefined) ?? found ?? unrouted(request);
  }

  #extraOf({ path, query }: ScriptedRequest): ScriptedReply | undefined {
    const body = this.#extra[`${path}?p=${query.get('p')}`];
    return body === undefined ? undefined : { body };
  }

  #limited(path: string, isKnown: boolean): ScriptedReply | undefined {
    const limiter = this.#limiters[this.#limiterOf(path, isKnown)];
    if (path === '/v1/models') return undefined;
    const { allowed } = limiter.take('127.0.0.1');
    if (allowed) return undefined;
    const headers = this.#hasRetryAfter ? { 'retry-after': String(limiter.limit.seconds) } : undefined;
    return { status: 429, headers, body: '' };
  }

  #limiterOf(path: string, isKnown: boolean): LimitName {
    if (path === '/api/usage/token/') return this.#form.usage;
    return isKnown ? 'general' : 'web';
  }

  /** The capture that agrees with the request in path, secret and every part of its own query. */
  #find({ path, query, headers }: ScriptedRequest): ScriptedReply | undefined {
    const asked = secretIn(headers);
    const alike = this.#captures.filter(([, { request }]) => {
      const url = new URL(request.path, 'http://captured');
      return (
        url.pathname === path && [...url.searchParams].every(([name, value]) => query.get(name) === value)
      );
    });
    const own = alike.filter(
      ([, { request }]) =>
        secretIn(request.headers) === asked && this.#userOf(request.headers) === this.#userOf(headers),
    );
    const [first] = own.sort((a, b) => partsOf(b[1]) - partsOf(a[1]));
    const found =
      first ?? this.#refusedAlike(path, asked) ?? alike.find(([name]) => this.#isWrong(name, asked));
    return found?.[1].response;
  }

  /** Billing and models let keys in by the same code, so what one refuses the others refuse too. */
  #refusedAlike(path: string, asked: string): readonly [string, Capture] | undefined {
    const guarded = /^\/v1\/(?:models|dashboard\/billing\/)/;
    if (!guarded.test(path)) return undefined;
    return this.#captures.find(
      ([, { request, response }]) =>
        guarded.test(request.path) && response.status >= 400 && secretIn(request.headers) === asked,
    );
  }

  /** Whether a capture tells what is said to a secret that the server has never seen. */
  #isWrong(name: string, asked: string): boolean {
    const isKnown = this.#captures.some(([, { request }]) => secretIn(request.headers) === asked);
    return asked !== '' && !isKnown && /_wrong_|wrong-key|billing-wrong|wrong-token/.test(name);
  }

  /** What a request says about its user in the header that this server knows; answers without it differ. */
  #userOf(headers: Readonly<Record<string, unknown>>): string {
    return this.#form.userHeader === undefined ? '' : String(headers[this.#form.userHeader] ?? '');
  }
}

function partsOf({ request }: Capture): number {
  return new URL(request.path, 'http://captured').searchParams.size;
}

function secretIn(headers: Readonly<Record<string, unknown>>): string {
  return String(headers.authorization ?? '').replace(/^Bearer /, '');
}

/** New API and all its relatives say so of a path that they do not have. */
function unrouted({ method, path }: ScriptedRequest): ScriptedReply {
  const message = `Invalid URL (${method} ${path})`;
  return { status: 404, body: { error: { code: '', message, param: '', type: 'invalid_request_error' } } };
}
