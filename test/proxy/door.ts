import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** Another address of this machine behind which a server on 127.0.0.1 can be reached. */
export interface Door {
  readonly port: number;
  /** How many came through. */
  readonly visitors: number;
  close(): Promise<void>;
}

/** Opens a door at an address of loopback to a port on 127.0.0.1. */
export async function openDoor(address: string, port: number): Promise<Door> {
  const open = new Set<Socket>();
  let visitors = 0;
  const server = createServer(client => {
    visitors += 1;
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
    get visitors() {
      return visitors;
    },
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
  };
}
