import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** The scripts that `npm run check` runs at the same time: none needs the output of another. */
const SCRIPTS = ['check:lint', 'l10n', 'check:imports', 'check:types', 'knip', 'check:manifest'];

/** Runs a script and prints its output once it has ended. Resolves with whether it succeeded. */
async function passes(script: string): Promise<boolean> {
  const child = spawn(`npm run -s ${script}`, { shell: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const said: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => said.push(part));
  const [code] = await once(child, 'close');
  process.stdout.write(`${code === 0 ? '✔' : '✘'} ${script}\n${Buffer.concat(said)}`);
  return code === 0;
}

const results = await Promise.all(SCRIPTS.map(passes));
if (results.includes(false)) process.exitCode = 1;
