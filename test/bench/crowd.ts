import { once } from 'node:events';
import { request } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { createBoundedServer } from '../../src/cli/serve/http/boundedServer.ts';
import type { Measure } from './measure.ts';

const CLIENTS = 10_000;
/** How many files one process may have open beside the connections. */
const OTHER_FILES = 1000;

/** Whether a team server still answers while a crowd holds what it can hold: some ask nothing, some never finish their head. */
export const crowd: Measure = {
  name: 'crowd',
  title: `a team server with its own limits, ${CLIENTS} connections that never ask a whole question`,
  async run({ quick }) {
    const clients = Math.min(quick ? CLIENTS / 10 : CLIENTS, openFilesAllowed() - OTHER_FILES);
    const server = createBoundedServer((_request, response) => response.end('ok'));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const opened = Array.from({ length: clients }, (_, index) =>
      open(port, index % 2 === 0 ? '' : 'GET / HTTP'),
    );
    try {
      await Promise.all(opened.map(socket => settled(socket)));
      const start = performance.now();
      while (!(await isAnswered(port)));
      return [
        {
          what: 'connections that were opened',
          value: clients,
          bound: quick ? 1 : CLIENTS,
          atLeast: true,
          unit: '',
        },
        {
          what: 'wait of whoever comes after them',
          value: performance.now() - start,
          bound: 10_000,
          unit: 'ms',
        },
      ];
    } finally {
      for (const socket of opened) socket.destroy();
      server.close();
      server.closeAllConnections();
    }
  },
};

function open(port: number, text: string): Socket {
  const socket = connect(port, '127.0.0.1');
  // A connection that is not accepted is closed.
  socket.on('error', () => undefined);
  return socket.on('connect', () => socket.write(text));
}

/** Until a socket is connected, or gone. */
function settled(socket: Socket): Promise<unknown> {
  return new Promise(done => socket.once('connect', done).once('close', done));
}

function isAnswered(port: number): Promise<boolean> {
  return new Promise(done => {
    request({ host: '127.0.0.1', port, agent: false }, ({ statusCode }) => done(statusCode === 200))
      .on('error', () => done(false))
      .end();
  });
}

/** As `ulimit -n` says. */
function openFilesAllowed(): number {
  const { userLimits } = process.report.getReport() as {
    readonly userLimits?: { readonly open_files: { readonly soft: number | 'unlimited' } };
  };
  const soft = userLimits?.open_files.soft ?? 1024;
  return soft === 'unlimited' ? Number.POSITIVE_INFINITY : soft;
}
