import { Cleanup } from './cleanup.ts';

/** What a program has at hand: how to undo things, and a signal that it was asked to stop. */
export interface ProgramContext {
  cleanup: Cleanup;
  interrupted: AbortSignal;
}

/**
 * Runs a command line program: what it returns is the exit code, what it throws is printed as a plain
 * sentence, Ctrl-C ends it, and in every case all that it started is stopped first.
 */
export async function runProgram(body: (context: ProgramContext) => Promise<number>): Promise<void> {
  const cleanup = new Cleanup();
  const interruption = new AbortController();
  const interrupt = () => interruption.abort();
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  const aborted = new Promise<number>(resolve => {
    interruption.signal.addEventListener('abort', () => resolve(130), { once: true });
  });
  let code: number;
  try {
    code = await Promise.race([body({ cleanup, interrupted: interruption.signal }), aborted]);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    code = 1;
  }
  await cleanup.run();
  process.exit(code);
}
