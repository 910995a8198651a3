import * as fc from 'fast-check';
import type { Case, Target } from './target.ts';

/** What no case may take longer than: a person would notice. In time of this thread, so that other work does not count. */
const HANG_MS = 50;
/** Collecting what earlier cases left behind makes single cases slow; a hang is slow each time. */
const TRIES = 4;
/** Other work gets its turn this often. */
const BREATH = 500;

export interface Examined {
  readonly name: string;
  readonly what: Target['what'];
  readonly cases: number;
  readonly crashes: number;
  readonly hangs: number;
  /** Figures on screen that the input did not hold, and whatever else an output must not be. */
  readonly invented: number;
  readonly slowestMs: number;
  readonly seconds: number;
  /** The smallest case that failed, and how. */
  readonly example?: string;
}

/** Puts a target through so many cases. The seed makes a run repeatable. */
export async function examine(target: Target, cases: number, seed: number): Promise<Examined> {
  const began = performance.now();
  let slowestMs = 0;
  let count = 0;
  const property = fc.asyncProperty(target.cases, async each => {
    if (++count % BREATH === 0) await new Promise(resolve => setImmediate(resolve));
    const found = await tryOut(each);
    slowestMs = Math.max(slowestMs, found.ms);
    if (found.fault) throw new Error(found.fault);
  });
  const result = await fc.check(property, { numRuns: cases, seed, endOnFailure: false });
  const fault = result.failed
    ? String((result.errorInstance as Error | null)?.message ?? 'unknown')
    : undefined;
  return {
    name: target.name,
    what: target.what,
    cases: result.numRuns,
    crashes: Number(fault?.startsWith('crash') ?? false),
    hangs: Number(fault?.startsWith('hang') ?? false),
    invented: Number(fault?.startsWith('invented') ?? false),
    slowestMs,
    seconds: (performance.now() - began) / 1000,
    ...(fault && { example: `${fault} — ${fc.stringify(result.counterexample?.[0]?.shown).slice(0, 2000)}` }),
  };
}

async function tryOut(each: Case): Promise<{ readonly ms: number; readonly fault?: string }> {
  let output: unknown;
  let ms = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < TRIES && ms > HANG_MS; attempt++) {
    const began = threadMs();
    try {
      output = each.work();
      if (output instanceof Promise) output = await output;
    } catch (error) {
      return { ms: 0, fault: `crash: ${error instanceof Error ? error.stack : String(error)}` };
    }
    ms = Math.min(ms, threadMs() - began);
  }
  if (ms > HANG_MS) return { ms, fault: `hang: ${ms.toFixed(0)} ms` };
  const problem = each.problem(output);
  return { ms, ...(problem && { fault: `invented: ${problem}` }) };
}

/** For how long this thread has been at work. */
function threadMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
