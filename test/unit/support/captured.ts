/** What a command wrote while it ran, and its exit code. */
export interface Captured {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command of the command line in this process, and catches what it writes. */
export async function captured(run: () => Promise<number>): Promise<Captured> {
  const written = { stdout: '', stderr: '' };
  const { stdout, stderr } = process;
  const before = { stdout: stdout.write, stderr: stderr.write };
  const catcher = (name: 'stdout' | 'stderr') => (text: string | Uint8Array) => {
    written[name] += typeof text === 'string' ? text : Buffer.from(text).toString('utf8');
    return true;
  };
  stdout.write = catcher('stdout');
  stderr.write = catcher('stderr');
  try {
    return { code: await run(), ...written };
  } finally {
    Object.assign(stdout, { write: before.stdout });
    Object.assign(stderr, { write: before.stderr });
  }
}
