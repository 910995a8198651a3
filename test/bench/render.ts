import type { KeyState } from '../../src/quota/keyState.ts';
import type { Status } from '../../src/quota/status.ts';
import { statusBarText } from '../../src/views/statusBarText.ts';
import { TreeLines } from '../../src/views/treeLines.ts';
import { treeNodes } from '../../src/views/treeNodes.ts';
import { at, DAY, keyState, MINUTE, NOW, quota, reading } from '../unit/support/samples.ts';
import { type Measure, quantile } from './measure.ts';

const KEYS = 1000;
const ORIGINS = 100;
const ROUNDS = 60;
/** Until the compiler knows the code, as it does after a few checks. */
const WARM_UP = 10;

/** A frame of a 60 Hz screen is 16 ms: what is known is made into what is seen in less. */
export const render: Measure = {
  name: 'render',
  title: `a snapshot of ${KEYS} keys to status bar text and tree lines`,
  async run({ quick }) {
    const lines = new TreeLines();
    const times: number[] = [];
    const snapshots = Array.from({ length: WARM_UP + (quick ? 10 : ROUNDS) }, (_, round) =>
      snapshotOf(round),
    );
    for (const keys of snapshots) {
      const start = performance.now();
      statusBarText(keys, NOW);
      lines.update(treeNodes(keys, NOW));
      // VS Code asks for what is below the gateways, which are open, and not for what is below a key.
      for (const line of lines.roots) void line.children.length;
      times.push(performance.now() - start);
    }
    const warm = times.slice(WARM_UP);
    return [{ what: 'every figure new, median', value: quantile(warm, 0.5), bound: 16, unit: 'ms' }];
  },
};

const STATUSES: readonly Status[] = ['ok', 'ok', 'ok', 'low', 'stale', 'exhausted'];

/** All figures differ from those of any other round. */
function snapshotOf(round: number): readonly KeyState[] {
  return Array.from({ length: KEYS }, (_, index) =>
    keyState({
      id: `key-${index}`,
      label: `Key ${index}`,
      origin: `https://gateway-${index % ORIGINS}.example`,
      status: STATUSES[index % STATUSES.length],
      reading: reading({
        takenAt: at(-round * MINUTE),
        quota: quota((index * 7 + round) % 100, 100),
        expiresAt: index % 3 === 0 ? null : at((index % 60) * DAY + DAY),
        models: null,
      }),
    }),
  );
}
