/**
 * A process that keeps a core from sleeping, with the lowest priority, so that it takes no time that anything else could
 * use. Ends with its input.
 */
import { constants, setPriority } from 'node:os';

/** So short that the end of the input is soon seen, so long that hardly any time goes into looking. */
const SPIN_MS = 20;

setPriority(constants.priority.PRIORITY_LOW);

let isOver = false;
process.stdin.resume().on('close', () => {
  isOver = true;
});

function spin(): void {
  const end = performance.now() + SPIN_MS;
  while (performance.now() < end);
  if (!isOver) setImmediate(spin);
}

process.stdout.write('spins\n');
spin();
