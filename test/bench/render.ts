import { redactor } from '../../src/http/redact.ts';
import type { KeyState } from '../../src/quota/keyState.ts';
import type { Status } from '../../src/quota/status.ts';
import { statusBarText } from '../../src/views/statusBarText.ts';
import { type TreeLine, TreeLines } from '../../src/views/treeLines.ts';
import { treeNodes } from '../../src/views/treeNodes.ts';
import { secretFor } from '../gateway/secrets.ts';
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
    for (let index = 0; index < KEYS; index++) redactor.protect(secretFor(`key-${index}`));
    const lines = new TreeLines();
    const making: number[] = [];
    const handing: number[] = [];
    for (let round = 0; round < WARM_UP + (quick ? 10 : ROUNDS); round++) {
      const keys = snapshotOf(round);
      const start = performance.now();
      const { text, tooltip, spoken } = statusBarText(keys, NOW);
      lines.update(treeNodes(keys, NOW));
      // VS Code asks for what is below the gateways, which are open, and not for what is below a key.
      const shown = lines.roots.flatMap(line => [line, ...line.children]);
      making.push(performance.now() - start);
      const made = performance.now();
      redactor.clean({ text, tooltip, spoken });
      for (const line of shown) handOver(line);
      handing.push(performance.now() - made);
    }
    const median = (times: readonly number[]) => quantile(times.slice(WARM_UP), 0.5);
    return [
      { what: 'every figure new, median', value: median(making), bound: 16, unit: 'ms' },
      {
        what: `all lines redacted for VS Code, which asks for them later, with ${KEYS} secrets; median`,
        value: median(handing),
        bound: 16,
        unit: 'ms',
      },
    ];
  },
};

/** What `KeyTree.getTreeItem` does with the texts of a line. */
function handOver({ label, description, tooltip, spoken }: TreeLine): void {
  redactor.clean({ label, description, tooltip, spoken });
}

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
