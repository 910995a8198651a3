import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import type { GatewayResponse } from '../../src/http/transport.ts';
import { type ScriptedReply, type ScriptedServer, startScriptedServer } from './scriptedServer.ts';

/** One answer of a real server, and what was asked. */
interface Capture {
  readonly request: {
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: Readonly<Record<string, unknown>>;
  };
  readonly response: ScriptedReply;
}

export interface CapturedServer extends ScriptedServer {
  /** The secret with which a capture was asked. */
  secretOf(capture: string): string;
}

function capturesOf(name: string): Readonly<Record<string, Capture>> {
  return JSON.parse(readFileSync(new URL(`../fixtures/captures/${name}.json`, import.meta.url), 'utf8'));
}

/** One answer, and the query that it is to. */
export function captured(name: string, capture: string): { query: URLSearchParams; body: unknown } {
  const found = capturesOf(name)[capture];
  if (!found) throw new Error(`${name} has no capture ${capture}`);
  const { searchParams: query } = new URL(found.request.path, 'http://captured');
  return { query, body: found.response.body };
}

/** One answer as it arrives. */
export function capturedAnswer(name: string, capture: string): GatewayResponse {
  const { status = 200, headers, body } = capturesOf(name)[capture]?.response ?? {};
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { status, headers: new Headers(headers), text };
}

/**
 * A server that answers as a real one did, by path, secret and body, and by those members of the query that the capture had.
 *
 * @param beside Captures that are answers to any secret for which there is none of its own.
 * @param first The capture that goes before all others of its path and secret.
 * @param unrouted What it says of all else.
 */
export async function startCapturedServer(
  name: string,
  unrouted: ScriptedReply | ((path: string) => ScriptedReply),
  beside: readonly string[] = [],
  first?: string,
): Promise<CapturedServer> {
  const captures = capturesOf(name);
  const server = await startScriptedServer(({ path, query, headers, body }) => {
    const alike = Object.entries(captures).filter(([, { request }]) => {
      const url = new URL(request.path, 'http://captured');
      return (
        url.pathname === path &&
        [...url.searchParams].every(([part, value]) => query.get(part) === value) &&
        (request.body === undefined || isDeepStrictEqual(request.body, JSON.parse(body)))
      );
    });
    const own = alike.filter(([, { request }]) => request.headers.authorization === headers.authorization);
    const preferred = own.find(([capture]) => capture === first) ?? own[0];
    const [, found] = preferred ?? alike.find(([capture]) => beside.includes(capture)) ?? [];
    return found?.response ?? (typeof unrouted === 'function' ? unrouted(path) : unrouted);
  });
  return {
    ...server,
    secretOf(capture) {
      const asked = captures[capture]?.request;
      const sent = asked?.headers.authorization ?? asked?.body?.apiKey ?? asked?.body?.apiId;
      if (!sent) throw new Error(`${name} has no capture ${capture} with a secret`);
      return String(sent).replace(/^Bearer /, '');
    },
  };
}
