/**
 * Many sample gateways in a process of their own, so that their work is not measured with ours; their keys are named
 * `key-0`, or with a fourth argument `key-0-0`, so that no two gateways have keys in common. Says
 * `origins […]`, then answers `calls` with how often which path was asked for, and starts counting again. Ends with its
 * input.
 */
import { createInterface } from 'node:readline';
import { startSampleGateway } from '../sampleGateways/server.ts';

const [origins = '1', keys = '1', latencyMs = '0', isNamedByOrigin] = process.argv.slice(2);
const scenarios = (origin: number) =>
  Object.fromEntries(
    Array.from({ length: Number(keys) }, (_, index) => [
      isNamedByOrigin ? `key-${origin}-${index}` : `key-${index}`,
      // No two of an account tell the same, or the key itself would have to be asked.
      { holds: { remain: 100_000 + 1000 * index, used: 50_000 + index } },
    ]),
  );
const gateways = await Promise.all(
  Array.from({ length: Number(origins) }, (_, origin) =>
    startSampleGateway({ scenarios: scenarios(origin), latencyMs: Number(latencyMs) }),
  ),
);
process.stdout.write(`origins ${JSON.stringify(gateways.map(({ origin }) => origin))}\n`);

const input = createInterface({ input: process.stdin });
input.on('line', () => {
  const calls = gateways.flatMap(gateway => gateway.calls.map(({ path }) => path));
  const tally = Object.fromEntries([...new Set(calls)].map(path => [path, countOf(calls, path)]));
  for (const gateway of gateways) gateway.calls.length = 0;
  process.stdout.write(`calls ${JSON.stringify(tally)}\n`);
});
input.on('close', () => void Promise.all(gateways.map(gateway => gateway.close())));

function countOf(calls: readonly string[], path: string): number {
  return calls.filter(each => each === path).length;
}
