/** What no case may take longer than: a person would notice. In time of this thread, so that other work does not count. */
const HANG_MS = 50;
/** Collecting what earlier cases left behind makes single cases slow; a hang is slow each time. */
const TRIES = 4;

/**
 * Does one case's work, which is timed.
 *
 * @throws when the work throws or takes long, or when its output has a problem.
 */
export async function examine<Output>(
  work: () => Output | Promise<Output>,
  problem: (output: Output) => string | undefined,
): Promise<void> {
  let ms = Number.POSITIVE_INFINITY;
  let output: Output | undefined;
  for (let attempt = 0; attempt < TRIES && ms > HANG_MS; attempt++) {
    const began = threadMs();
    output = await work();
    ms = Math.min(ms, threadMs() - began);
  }
  if (ms > HANG_MS) throw new Error(`hang: ${ms.toFixed(0)} ms`);
  const found = problem(output as Output);
  if (found) throw new Error(`invented: ${found}`);
}

/** For how long this thread has been at work. */
function threadMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
