import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import type { ServerCertificate } from '../../sampleGateways/certificate.ts';
import { type ReadPush, readOtlp } from './readOtlp.ts';

interface Pushed {
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly push: ReadPush;
}

/** A collector that takes pushed metrics and remembers them. */
export class OtlpCollector {
  readonly pushes: Pushed[] = [];
  /** 0: it never answers. */
  status = 200;
  /** What it answers beside its status. */
  headers: Readonly<Record<string, string>> = {};
  /** How many pushes were ended before they were answered. */
  hangUps = 0;
  #close: () => void = () => undefined;
  origin = '';

  /** At a port of its own, or at one where another was. */
  async start(port = 0, certificate?: ServerCertificate): Promise<void> {
    const listener: RequestListener = async (request, response) => {
      const { method, url: path, headers } = request;
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part);
      const body = Buffer.concat(parts);
      const isCompressed = headers['content-encoding'] === 'gzip';
      const push = readOtlp(isCompressed ? gunzipSync(body) : body);
      this.pushes.push({ method, path, headers, push });
      response.on('close', () => {
        if (!response.writableFinished) this.hangUps++;
      });
      if (this.status === 0) return;
      response.writeHead(this.status, { 'content-type': 'application/x-protobuf', ...this.headers });
      // What a body says is never repeated.
      response.end(this.status === 200 ? '' : 'the collector says hunter2xyz');
    };
    const server = certificate
      ? createSecureServer({ key: certificate.key, cert: certificate.chain }, listener)
      : createServer(listener);
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    this.origin = `${certificate ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}`;
    this.#close = () => {
      server.close();
      server.closeAllConnections();
    };
  }

  get port(): number {
    return Number(new URL(this.origin).port);
  }

  close(): void {
    this.#close();
  }
}
