import { createServer, type RequestListener, type Server } from 'node:http';
import { SECOND_MS } from '../../../core/time.ts';

/** How much of the server a client can take up. */
export interface ServerLimits {
  readonly connections: number;
  /** In which a whole request has to be there, and so its head. */
  readonly requestMs: number;
  /** How long a connection may be without any sign, as of a client that does not read its answer. */
  readonly idleMs: number;
  /** How often they are looked at. */
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

/** A server that slow and many clients cannot take away from the others. What is no HTTP is answered with its status alone. */
export function createBoundedServer(
  listener: RequestListener,
  { connections, requestMs, idleMs, checkMs }: ServerLimits = SERVER_LIMITS,
): Server {
  const server = createServer(
    {
      maxHeaderSize: MAX_HEADER_BYTES,
      requestTimeout: requestMs,
      keepAliveTimeout: idleMs,
      connectionsCheckingInterval: checkMs,
    },
    listener,
  );
  server.maxConnections = connections;
  server.timeout = idleMs;
  // Whoever comes when all are taken is let in next time, if any of the others only waits.
  server.on('drop', () => server.closeIdleConnections());
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (!socket.writable || error.code === 'ECONNRESET') socket.destroy();
    else
      socket.end(`HTTP/1.1 ${STATUS_OF[error.code ?? ''] ?? '400 Bad Request'}\r\nConnection: close\r\n\r\n`);
  });
  return server;
}

const STATUS_OF: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};
