import { type ChildProcess, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { until } from './until.ts';

const PATIENCE_MS = 3_000;

/** Ends a process that leads its own process group, and everything it started; returns when all are gone. */
export async function endProcessTree(child: ChildProcess): Promise<void> {
  if (!hasEnded(child)) {
    const ended = once(child, 'exit');
    signalTree(child, 'SIGTERM');
    const impatient = setTimeout(() => killProcessTree(child), PATIENCE_MS);
    await ended;
    clearTimeout(impatient);
  }
  // Its children may outlive it, and one that is being killed may still write a file.
  killProcessTree(child);
  // No more than patience is lost where nobody collects ended processes, as in a container without an init.
  await until('all had ended', PATIENCE_MS, () => !signalTree(child, 0)).catch(() => undefined);
}

/** Ends it at once, without waiting: usable while this process exits. */
export function killProcessTree(child: ChildProcess): void {
  signalTree(child, 'SIGKILL');
}

/** False when nothing of the tree is left to receive it. Signal 0 only asks. */
function signalTree(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL' | 0): boolean {
  if (child.pid === undefined) {
    return false;
  }
  try {
    if (process.platform !== 'win32') {
      return process.kill(-child.pid, signal);
    }
    // Windows has no process groups. This one call ends the tree, and fails when there is none.
    execFileSync('taskkill', ['/pid', String(child.pid), '/T', '/F'], { stdio: 'ignore', windowsHide: true });
    return true;
  } catch {
    return false;
  }
}

function hasEnded(child: ChildProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}
