import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../host/project.ts';
import { storeFigures } from '../unit/support/storedFigures.ts';
import { type Measure, quantile } from './measure.ts';

const KEYS = 25;

/** What a person waits for in a terminal, while a window of VS Code has the database open. */
export const status: Measure = {
  name: 'status',
  title: `key-quota status, as it is installed, ${KEYS} keys`,
  async run({ quick }) {
    const folder = await mkdtemp(join(tmpdir(), 'key-quota-status-'));
    const dist = join(folder, 'dist');
    execFileSync(process.execPath, ['esbuild.js', '--production', '--outdir', dist], { cwd: projectRoot });
    const figures = Array.from({ length: KEYS }, (_, index) => ({
      id: `key-${index}`,
      left: (index % 20) + 0.5,
    }));
    const window = storeFigures(join(folder, 'storage'), figures);
    try {
      const command = [join(dist, 'npm', 'key-quota.cjs'), 'status'];
      const database = join(folder, 'storage', 'key-quota.db');
      const times = Array.from({ length: quick ? 5 : 20 }, () =>
        timeOf([...command, '--database', database]),
      );
      return [
        { what: 'from the shell to the table, median', value: quantile(times, 0.5), bound: 100, unit: 'ms' },
      ];
    } finally {
      window.close();
      await rm(folder, { recursive: true, force: true });
    }
  },
};

/** In milliseconds. */
function timeOf(command: readonly string[]): number {
  const start = performance.now();
  const { stdout } = spawnSync(process.execPath, [...command], { encoding: 'utf8' });
  const time = performance.now() - start;
  if (stdout.trimEnd().split('\n').length !== KEYS + 1) throw new Error(`Not a table: ${stdout}`);
  return time;
}
