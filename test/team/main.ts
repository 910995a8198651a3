import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { canUnpackPackages } from '../host/apt.ts';

/** Runs the team tests where Debian's packages are to be had, and says that they were left out where they are not. */
if (await canUnpackPackages()) {
  const mocha = createRequire(import.meta.url).resolve('mocha/bin/mocha.js');
  const child = spawn(
    process.execPath,
    [mocha, '--config', 'test/team/.mocharc.json', ...process.argv.slice(2)],
    {
      stdio: 'inherit',
    },
  );
  const [code] = await once(child, 'close');
  process.exitCode = Number(code ?? 1);
} else
  process.stdout.write(
    'The team tests were LEFT OUT: they run Debian’s Prometheus and Alertmanager, which apt-get brings, and there is none here.\n',
  );
