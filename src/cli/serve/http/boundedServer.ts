import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { Socket } from 'node:net';
import { SECOND_MS } from '../../../core/time.ts';

/** How much of the server a client can take up. */
export interface ServerLimits {
  readonly connections: number;
  /** Milliseconds within which a whole request has to arrive, its head included. */
  readonly requestMs: number;
  /** Milliseconds that a connection may be idle, for example because its client does not read the answer. */
  readonly idleMs: number;
  /** Milliseconds between two checks of the connections. */
  readonly checkMs: number;
}

/** Below the usual number of open files of a process, with room for the gateways. */
const SERVER_LIMITS: ServerLimits = {
  connections: 512,
  requestMs: 5 * SECOND_MS,
  idleMs: 90 * SECOND_MS,
  checkMs: SECOND_MS,
};

/** More than a token, and less than anything that would be worth sending. */
const MAX_HEADER_BYTES = 8 * 1024;

/**
 * An HTTP server that slow or many clients cannot block for others. Bytes that are no HTTP are answered with a status
 * line alone, by Node itself.
 */
export function createBoundedServer(
  listener: RequestListener,
  { connections, requestMs, idleMs, checkMs }: ServerLimits = SERVER_LIMITS,
): Server {
  const answerInTurn = inTurn(listener);
  const listenToHead: RequestListener = (request, response) => {
    // No request here has a body. The connection of one that does ends with the answer, so that the body is not read.
    if (hasBody(request)) response.shouldKeepAlive = false;
    answerInTurn(request, response);
  };
  const server = createServer(
    {
      maxHeaderSize: MAX_HEADER_BYTES,
      requestTimeout: requestMs,
      keepAliveTimeout: idleMs,
      connectionsCheckingInterval: checkMs,
    },
    listenToHead,
  );
  // A client that asks before it sends its body is told that it need not.
  server.on('checkContinue', listenToHead);
  server.maxConnections = connections;
  server.timeout = idleMs;
  // When all connections are taken, idle ones are closed, so that the refused client gets in next time.
  server.on('drop', () => server.closeIdleConnections());
  return server;
}

/** What comes on one connection is answered one after the other: for who asks on and reads nothing, no answers pile up. */
function inTurn(listener: RequestListener): RequestListener {
  const last = new WeakMap<Socket, ServerResponse>();
  return (request, response) => {
    const before = last.get(request.socket);
    last.set(request.socket, response);
    const answer = () => {
      if (!request.socket.destroyed) listener(request, response);
    };
    if (!before || before.closed) answer();
    else before.once('close', answer);
  };
}

function hasBody({ headers }: IncomingMessage): boolean {
  const { 'transfer-encoding': encoding, 'content-length': length = '0' } = headers;
  return encoding !== undefined || Number(length) !== 0;
}
