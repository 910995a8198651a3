import { type IncomingHttpHeaders, request } from 'node:http';

/** What came back, byte for byte. */
export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  bytes: Buffer;
  text: string;
}

/** Asks without any help from a client library: no redirects, no decompression, no default headers. */
export function ask(
  origin: string,
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
  body?: string,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(origin);
    const call = request({ hostname, port, path, method, headers, agent: false }, response => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const bytes = Buffer.concat(chunks);
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          bytes,
          text: bytes.toString('utf8'),
        });
      });
    });
    call.on('error', reject);
    call.end(body);
  });
}

/** The header that most endpoints want. */
export function bearer(secret: string): Record<string, string> {
  return { Authorization: `Bearer ${secret}` };
}

/** Asks and reads the body as JSON of a type the test vouches for. */
export async function askJson<Body>(
  origin: string,
  path: string,
  headers: Record<string, string> = {},
): Promise<Body> {
  const answer = await ask(origin, path, headers);
  return JSON.parse(answer.text) as Body;
}
