import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import type { TestProxy } from './httpProxy.ts';
import { isReadable, type ProxyTargets, portOf, type SeenRequest } from './seenRequest.ts';

export interface SocksProxyOptions extends ProxyTargets {
  /** Wanted as RFC 1929 has it, when given. */
  readonly login?: { readonly user: string; readonly password: string };
  readonly onRequest?: (request: SeenRequest) => void;
}

const NO_LOGIN = 0;
const BY_PASSWORD = 2;
const NOTHING_ACCEPTED = 0xff;
const REPLY = { connected: 0, refused: 2, unreachable: 5 } as const;

/** Starts a SOCKS5 proxy (RFC 1928) on loopback, for CONNECT alone. */
export async function startSocksProxy(options: SocksProxyOptions = {}): Promise<TestProxy> {
  const seenRequests: SeenRequest[] = [];
  const open = new Set<Socket>();
  const server = createServer(client => {
    open.add(client.on('close', () => open.delete(client)).on('error', () => client.destroy()));
    serve(client, options, request => {
      seenRequests.push(request);
      options.onRequest?.(request);
      return request;
    }).catch(() => client.destroy());
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    ca: undefined,
    seenRequests,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        for (const client of open) client.destroy();
      }),
  };
}

async function serve(
  client: Socket,
  options: SocksProxyOptions,
  see: (request: SeenRequest) => SeenRequest,
): Promise<void> {
  const [, count = 0] = await bytes(client, 2);
  const offered = await bytes(client, count);
  const wanted = options.login ? BY_PASSWORD : NO_LOGIN;
  if (!offered.includes(wanted)) {
    see({ how: 'socks5', target: '', outcome: 'login wanted', carriedSecret: false });
    client.end(Buffer.from([5, NOTHING_ACCEPTED]));
    return;
  }
  client.write(Buffer.from([5, wanted]));
  if (options.login && !(await isAuthorized(client, options.login))) {
    see({ how: 'socks5', target: '', outcome: 'login wanted', carriedSecret: false });
    client.end(Buffer.from([1, 1]));
    return;
  }
  const url = await targetOf(client);
  const target = url.host;
  const port = portOf(url, options);
  if (port === undefined) {
    see({ how: 'socks5', target, outcome: 'refused', carriedSecret: false });
    answer(client, REPLY.refused);
    return;
  }
  const onward = connect(port, '127.0.0.1');
  onward.once('connect', () => {
    const seen = see({ how: 'socks5', target, outcome: 'connected', carriedSecret: false });
    answer(client, REPLY.connected);
    client.on('data', (chunk: Buffer) => {
      seen.carriedSecret ||= isReadable(chunk);
    });
    client.pipe(onward).pipe(client);
  });
  onward.on('error', () => {
    see({ how: 'socks5', target, outcome: 'unreachable', carriedSecret: false });
    answer(client, REPLY.unreachable);
  });
  client.on('close', () => onward.destroy());
}

async function isAuthorized(
  client: Socket,
  login: NonNullable<SocksProxyOptions['login']>,
): Promise<boolean> {
  const [, userLength = 0] = await bytes(client, 2);
  const user = (await bytes(client, userLength)).toString();
  const [passwordLength = 0] = await bytes(client, 1);
  const password = (await bytes(client, passwordLength)).toString();
  if (user !== login.user || password !== login.password) return false;
  client.write(Buffer.from([1, 0]));
  return true;
}

async function targetOf(client: Socket): Promise<URL> {
  const [, , , kind = 0] = await bytes(client, 4);
  const host =
    kind === 3
      ? (await bytes(client, (await bytes(client, 1))[0] ?? 0)).toString()
      : kind === 1
        ? [...(await bytes(client, 4))].join('.')
        : '[::]';
  return new URL(`http://${host}:${(await bytes(client, 2)).readUInt16BE()}`);
}

function answer(client: Socket, reply: number): void {
  client.write(Buffer.from([5, reply, 0, 1, 0, 0, 0, 0, 0, 0]));
  if (reply !== REPLY.connected) client.end();
}

/** The next so many bytes. */
async function bytes(client: Socket, count: number): Promise<Buffer> {
  if (count === 0) return Buffer.alloc(0);
  for (;;) {
    const chunk = client.read(count) as Buffer | null;
    if (chunk) return chunk;
    if (client.destroyed || client.readableEnded) throw new Error('the client left');
    await new Promise<void>(resolve => {
      client.once('readable', resolve);
      client.once('close', () => resolve());
    });
  }
}
