import { parseArgs } from 'node:util';
import { startFleet } from './fleet.ts';

const LONGEST_RUN_MS = 12 * 3_600_000;

const { values } = parseArgs({ options: { port: { type: 'string', default: '8701' } } });
const port = Number(values.port);
if (!Number.isInteger(port) || port < 1 || port > 65_500) {
  process.stdout.write('--port must be a number between 1 and 65500\n');
  process.exit(1);
}

const fleet = await startFleet({ simulate: true, port });

const table = (rows: string[][]): string => {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map(row => row[column]?.length ?? 0)));
  return rows
    .map(
      row =>
        `  ${row
          .map((cell, i) => cell.padEnd(widths[i] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
};

process.stdout.write('Sample gateways on this machine:\n');
process.stdout.write(table(Object.entries(fleet.origins)));
process.stdout.write('\nKeys to try; they are worth nothing anywhere else:\n');
process.stdout.write(
  table(
    fleet.sampleKeys.map(key => [key.label, key.shows, key.kind, key.credential, key.origin, key.secret]),
  ),
);
process.stdout.write('\nCtrl-C stops them.\n');

// A forgotten terminal must not serve for ever.
const limit = setTimeout(() => void stop(), LONGEST_RUN_MS);

async function stop(): Promise<void> {
  clearTimeout(limit);
  await fleet.close();
}

process.once('SIGINT', () => void stop());
process.once('SIGTERM', () => void stop());
