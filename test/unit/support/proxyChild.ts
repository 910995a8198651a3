import type { HttpProxyOptions } from '../../proxy/httpProxy.ts';
import type { SeenRequest } from '../../proxy/seenRequest.ts';
import { Child } from './child.ts';

const SCRIPT = new URL('../../proxy/main.ts', import.meta.url);

export type ProxyChildOptions = Pick<HttpProxyOptions, 'hosts' | 'login' | 'tls'> & {
  readonly kind: 'http' | 'socks5';
};

/** A proxy in a process of its own, as proxies are. */
export class ProxyChild {
  readonly address: string;
  readonly #child: Child;

  private constructor(child: Child, address: string) {
    this.#child = child;
    this.address = address;
  }

  static async start(options: ProxyChildOptions): Promise<ProxyChild> {
    const child = new Child(SCRIPT, [JSON.stringify(options)]);
    const port = (await child.untilLine('listening ')).split(' ')[1];
    return new ProxyChild(child, `${options.kind}://127.0.0.1:${port}`);
  }

  /** What it has seen so far, in the order it came. */
  get seenRequests(): Pick<SeenRequest, 'how' | 'target' | 'outcome' | 'carriedSecret'>[] {
    return this.#child.lines.flatMap(line =>
      line.startsWith('saw ') ? [JSON.parse(line.slice(4)) as SeenRequest] : [],
    );
  }

  /** Ends it. Resolves to whether any marked secret could be read in what passed. */
  async end(): Promise<boolean> {
    this.#child.process.stdin?.end();
    const readable = (await this.#child.untilLine('readable ')) === 'readable true';
    await this.#child.ended;
    return readable;
  }
}
