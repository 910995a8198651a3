import type { Socket } from 'node:net';
import type { buildConnector, Pool } from 'undici';
import { PROXY_ERROR_CODE, PROXY_SILENT_CODE } from './networkError.ts';

/**
 * Connections to a proxy that fail when they are not open in time, encryption included. Without this limit the whole
 * request would time out, and the gateway would be blamed.
 */
export function limitConnecting(
  connector: buildConnector.connector,
  limitMs: number,
): buildConnector.connector {
  return (to, callback) => {
    let isTaken = false;
    // Undici's connectors return their socket, which its types leave out.
    const connecting: unknown = connector(to, (...[error, socket]) => {
      clearTimeout(timer);
      if (error) callback(error, null);
      else callback(null, socket as NonNullable<typeof socket>);
    });
    const socket = connecting as Socket;
    socket.once('connect', () => {
      isTaken = true;
    });
    const timer = setTimeout(
      () => socket.destroy(isTaken ? silentProxyError() : new Error('the proxy takes no connection')),
      limitMs,
    );
  };
}

/** Options of connections to a proxy, whose errors are told as the proxy's. */
export function withProxyErrors({ connect, ...options }: Pool.Options, limitMs: number): Pool.Options {
  if (typeof connect !== 'function') return { ...options, connect };
  const limited = limitConnecting(connect, limitMs);
  return {
    ...options,
    connect: (to, callback) =>
      limited(to, (...[error, socket]) =>
        error ? callback(proxyError(error), null) : callback(null, socket as NonNullable<typeof socket>),
      ),
  };
}

/** The error for a proxy that accepts connections and sends nothing. */
export function silentProxyError(): Error {
  return Object.assign(new Error('the proxy is silent'), { code: PROXY_SILENT_CODE });
}

/** Marks the error of an attempt as the proxy's. */
export async function markProxyError<Value>(attempt: Promise<Value>): Promise<Value> {
  try {
    return await attempt;
  } catch (error) {
    throw proxyError(error);
  }
}

function proxyError(cause: unknown): Error {
  return Object.assign(new Error('at the proxy', { cause }), { code: PROXY_ERROR_CODE });
}
