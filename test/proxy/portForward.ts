import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** Another address of this machine, whose connections are passed on to a server on 127.0.0.1. */
export interface PortForward {
  readonly port: number;
  /** How many connections were passed on. */
  readonly connections: number;
  close(): Promise<void>;
}

/** Listens at an address of loopback and passes connections on to a port on 127.0.0.1. */
export async function forwardPort(address: string, port: number): Promise<PortForward> {
  const open = new Set<Socket>();
  let connections = 0;
  const server = createServer(client => {
    connections += 1;
    const onward = connect(port, '127.0.0.1');
    for (const socket of [client, onward]) {
      open.add(socket.on('close', () => open.delete(socket)).on('error', () => socket.destroy()));
    }
    client.pipe(onward).pipe(client);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, address, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    get connections() {
      return connections;
    },
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
  };
}
