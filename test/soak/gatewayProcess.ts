/**
 * The gateways of the soak in a process of their own, so that their memory and sockets are not taken for ours.
 * Says `origins […]`, then does what its input says, a line each:
 *
 *   fault PLACE SORT   all keys there, and what the gateway says of itself, get answers of that sort
 *   heal PLACE         good answers again
 *   report             says `report {…}`
 *
 * Ends with its input.
 */
import { createInterface } from 'node:readline';
import { type SampleGateway, startSampleGateway } from '../sampleGateways/server.ts';
import { FastClock, type FastTime } from './fastClock.ts';
import { type FaultSort, replyOf } from './faults.ts';
import type { GatewayReport } from './gateways.ts';
import { handlesAt, PLACES } from './places.ts';

const STATUS = 'GET /api/status';

const clock = new FastClock(JSON.parse(process.argv[2] ?? '') as FastTime);
const gateways = await Promise.all(
  PLACES.map(({ kind }, place) =>
    startSampleGateway({
      kind,
      clock: clock.now,
      limits: 'real',
      scenarios: Object.fromEntries(handlesAt(place).map(handle => [handle, {}])),
    }),
  ),
);
const now = new Map<number, FaultSort>();
const met: Partial<Record<FaultSort, number>> = {};
let calls = 0;
let refused = 0;

say(
  'origins',
  gateways.map(({ origin }) => origin),
);

const input = createInterface({ input: process.stdin });
input.on('line', line => {
  const [what, place, sort] = line.split(' ');
  if (what === 'report') report();
  else change(Number(place), sort as FaultSort | undefined);
});
input.on('close', () => void Promise.all(gateways.map(gateway => gateway.close())));

function change(place: number, sort: FaultSort | undefined): void {
  const gateway = gateways[place];
  if (!gateway) throw new Error(`There is no place ${place}`);
  count(gateway, place);
  if (sort) now.set(place, sort);
  else now.delete(place);
  gateway.setReply(STATUS, sort && replyOf(sort, place));
  handlesAt(place).forEach((handle, index) => {
    gateway.setScenario(handle, sort ? { reply: replyOf(sort, place + index) } : {});
  });
}

/** Counts the calls since the last change, and forgets them. */
function count(gateway: SampleGateway, place: number): void {
  const sort = now.get(place);
  calls += gateway.calls.length;
  if (sort) met[sort] = (met[sort] ?? 0) + gateway.calls.length;
  if (sort !== 'refusal') refused += gateway.calls.filter(({ status }) => status === 429).length;
  gateway.calls.length = 0;
}

function report(): void {
  gateways.forEach(count);
  const sockets = process.getActiveResourcesInfo().filter(name => name === 'TCPSocketWrap').length;
  say('report', { calls, met, refused, sockets } satisfies GatewayReport);
}

function say(what: string, value: unknown): void {
  process.stdout.write(`${what} ${JSON.stringify(value)}\n`);
}
