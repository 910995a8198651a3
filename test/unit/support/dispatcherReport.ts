/** Run as a process: asks by a route, and says what became of the process around it, as JSON. */
import { registerHooks } from 'node:module';
import type { Route } from '../../../src/core/ports/settings.ts';

export interface DispatcherReport {
  readonly status: number;
  readonly undici: boolean;
  readonly sameDispatchers: boolean;
  readonly sameFetch: boolean;
  readonly sameGlobals: boolean;
  readonly fetchWorks: boolean;
}

export interface DispatcherOrder {
  readonly origin: string;
  readonly ca: string;
  readonly route: Route;
  /** An origin that plain `fetch` can ask; asked before too, if wanted: Node makes its dispatcher then. */
  readonly plain: string;
  readonly fetchFirst: boolean;
}

const order = JSON.parse(process.argv[2] ?? '{}') as DispatcherOrder;
let undici = false;
registerHooks({
  resolve(specifier, context, next) {
    if (/^undici\b/.test(specifier)) undici = true;
    return next(specifier, context);
  },
});

const DISPATCHERS = ['undici.globalDispatcher.1', 'undici.globalDispatcher.2'].map(name => Symbol.for(name));
const dispatchers = () => DISPATCHERS.map(symbol => Reflect.get(globalThis, symbol) as unknown);
const askPlainly = async () => (await globalThis.fetch(new URL('/api/status', order.plain))).text();

if (order.fetchFirst) await askPlainly();
const { fetch } = globalThis;
const before = dispatchers();
const names = Object.getOwnPropertyNames(globalThis).join();

const { createTransports } = await import('../../../src/http/transports.ts');
const transports = createTransports({
  routeFor: () => order.route,
  proxyLoginFor: async () => undefined,
  readText: async () => order.ca,
  timeoutMs: () => 5000,
});
const { status } = await transports.transport({ url: new URL('/api/status', order.origin) });
const after = dispatchers();
await transports.close();
const watched: DispatcherReport = {
  status,
  undici,
  sameDispatchers: after.every((dispatcher, index) => dispatcher === before[index]),
  sameFetch: globalThis.fetch === fetch,
  sameGlobals: Object.getOwnPropertyNames(globalThis).join() === names,
  fetchWorks: (await askPlainly()).includes('quota_per_unit'),
};
process.stdout.write(`watched ${JSON.stringify(watched)}\n`);
