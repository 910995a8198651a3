import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** One of our scripts in a process of its own, which speaks in lines. */
export class Child {
  readonly process: ChildProcess;
  /** Everything it has said. */
  readonly lines: string[] = [];
  /** Resolves with its exit code, or null when a signal ended it. */
  readonly ended: Promise<number | null>;
  #listener: (line: string) => void = () => undefined;

  /** `flags` are Node's own. */
  constructor(script: URL, args: readonly string[] = [], flags: readonly string[] = []) {
    this.process = spawn(process.execPath, [...WARNINGLESS, ...flags, fileURLToPath(script), ...args], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.ended = once(this.process, 'close').then(([code]) => code as number | null);
    const { stdout } = this.process;
    if (!stdout) throw new Error('A child without output.');
    createInterface({ input: stdout }).on('line', line => {
      this.lines.push(line);
      this.#listener(line);
    });
  }

  /** Calls back with each line as it comes. */
  onLine(listener: (line: string) => void): void {
    this.#listener = listener;
  }

  /** Waits until it has said something that begins like this, and returns that line. Fails if it ends before. */
  async untilLine(beginning: string): Promise<string> {
    const found = () => this.lines.find(line => line.startsWith(beginning));
    while (found() === undefined) {
      const isOver = await Promise.race([
        new Promise<false>(resolve => this.onLine(() => resolve(false))),
        this.ended.then(() => true),
      ]);
      if (isOver && found() === undefined) throw new Error(`The child ended before it said “${beginning}”.`);
    }
    return found() ?? '';
  }

  /** The next line it says. */
  nextLine(): Promise<string> {
    return new Promise(resolve => this.onLine(resolve));
  }

  writeLine(line: string): void {
    this.process.stdin?.write(`${line}\n`);
  }

  /** Ends it as a crash would, and waits until it is gone. */
  async kill(): Promise<void> {
    this.process.kill('SIGKILL');
    await this.ended;
  }
}

/** SQLite is still called experimental by some versions of Node. */
const WARNINGLESS = ['--disable-warning=ExperimentalWarning'];
