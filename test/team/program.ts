import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { canary } from '../canary/search.ts';
import { searchProcess } from '../canary/searchProcess.ts';

const RETRY_MS = 50;
/** Less than a test may take, so that it fails by what went wrong and leaves nothing that goes on trying. */
const PATIENCE_MS = 60_000;

/** A program of the stage, with all that it has said. */
export class Program {
  readonly process: ChildProcess;
  readonly ended: Promise<number | null>;
  output = '';
  readonly #name: string;

  constructor(
    name: string,
    command: string,
    args: readonly string[],
    options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
  ) {
    this.#name = name;
    this.process = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    this.ended = once(this.process, 'close').then(([code]) => code as number | null);
    for (const stream of [this.process.stdout, this.process.stderr])
      stream?.setEncoding('utf8').on('data', text => {
        this.output += text;
      });
  }

  /** Waits until its output fits, and returns what it was; fails when it ends before, or does not say it. */
  async untilSaid(pattern: RegExp): Promise<RegExpExecArray> {
    const deadline = performance.now() + PATIENCE_MS;
    for (;;) {
      const found = pattern.exec(this.output);
      if (found) return found;
      if (this.process.exitCode !== null || performance.now() > deadline)
        throw new Error(`${this.#name} has not said ${pattern}:\n${this.output}`);
      await pause(RETRY_MS);
    }
  }

  /** Sends a signal and waits for its end; its command line, environment and output are searched for secrets. */
  async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    if (this.process.exitCode === null && this.process.signalCode === null) {
      searchProcess(this.#name, this.process.pid ?? 0);
      this.process.kill(signal);
    }
    const code = await this.ended;
    canary.text(`what ${this.#name} said`, this.output);
    return code;
  }
}

/** Tries again until a condition holds. Gives up in time, by what went wrong last. */
export async function eventually<T>(condition: () => Promise<T | undefined | false>): Promise<T> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      const found = await condition();
      if (found) return found;
      if (performance.now() > deadline) throw new Error(`Waited in vain for ${condition}`);
    } catch (error) {
      if (performance.now() > deadline) throw error;
    }
    await pause(RETRY_MS);
  }
}
