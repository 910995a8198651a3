import { spawn } from 'node:child_process';

/** How much of a failed command's output is worth showing: the reason is at the end. */
const TAIL_LENGTH = 2_000;

export interface RunOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** Needed on Windows for `.cmd` files, which are not executables. */
  shell?: boolean;
}

/** Runs a command to its end and returns its stdout. On failure the error contains the end of its output. */
export function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let everything = '';
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk;
      everything += chunk;
    });
    child.stderr.on('data', (chunk: Buffer) => {
      everything += chunk;
    });
    const what = [command, ...args].join(' ');
    child.once('error', error => reject(new Error(`"${what}" cannot be run: ${error.message}`)));
    child.once('close', (code, signal) => {
      if (code === 0) {
        resolve(stdout);
      } else {
        const tail = everything.slice(-TAIL_LENGTH).trim();
        reject(new Error(`"${what}" ended with ${signal ?? `exit code ${code}`}:\n${tail}`));
      }
    });
  });
}
