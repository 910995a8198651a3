/**
 * A proxy in a process of its own: `node main.ts '{"kind":"http","login":{…},"hosts":{…}}'`. Says
 * `listening <port>`, then `saw <json>` for each request, and ends when its input does.
 */
import { type HttpProxyOptions, startHttpProxy } from './httpProxy.ts';
import { startSocksProxy } from './socksProxy.ts';

const { kind, ...options } = JSON.parse(process.argv[2] ?? '{}') as HttpProxyOptions & {
  readonly kind?: 'http' | 'socks5';
};
const say = (line: string) => process.stdout.write(`${line}\n`);
const onRequest = (request: unknown) => say(`saw ${JSON.stringify(request)}`);
const start = kind === 'socks5' ? startSocksProxy : startHttpProxy;
const proxy = await start({ ...options, onRequest });
say(`listening ${proxy.port}`);
process.stdout.on('error', () => process.exit());
process.stdin.resume().once('end', () => {
  // What was read on the way shows only when all is over.
  say(`readable ${proxy.seenRequests.some(({ carriedSecret }) => carriedSecret)}`);
  void proxy.close();
});
