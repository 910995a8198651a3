import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { makeCertificate } from './certificate.ts';
import { realClock } from './clock.ts';

/** One message as it arrived. */
interface Post {
  readonly method: string;
  readonly path: string;
  readonly contentType: string;
  readonly body: unknown;
}

/** How the receiver answers. */
interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A server of webhooks over https, which remembers what was posted. */
export interface WebhookReceiver {
  readonly origin: string;
  /** The authority that signed its certificate, PEM. */
  readonly ca: string;
  readonly posts: readonly Post[];
  /** Answers to be given in turn; the last one stays. */
  answers: readonly Answer[];
  close(): Promise<void>;
}

const TAKEN: Answer = { status: 200, body: 'ok' };

export async function startWebhookReceiver(): Promise<WebhookReceiver> {
  const { key, chain, ca } = await makeCertificate('ownCa', realClock);
  const posts: Post[] = [];
  const server = createServer({ key, cert: chain }, async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    posts.push({
      method: request.method ?? '',
      path: request.url ?? '',
      contentType: request.headers['content-type'] ?? '',
      body: JSON.parse(Buffer.concat(chunks).toString('utf8')),
    });
    const [answer = TAKEN, ...later] = receiver.answers;
    if (later.length > 0) receiver.answers = later;
    response.writeHead(answer.status, { ...answer.headers }).end(answer.body);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const receiver: WebhookReceiver = {
    origin: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ca,
    posts,
    answers: [TAKEN],
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return receiver;
}
