import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isExecutable } from './installedBrowsers.ts';
import { step } from './progress.ts';
import { run } from './run.ts';

const APT = '/usr/bin/apt-get';
const DPKG = '/usr/bin/dpkg';

/** Whether this process may install Debian packages. */
export async function canInstallPackages(): Promise<boolean> {
  return process.platform === 'linux' && process.getuid?.() === 0 && (await isExecutable(APT));
}

/** Installs Debian packages, without what they merely recommend. */
export async function installPackages(packages: readonly string[]): Promise<void> {
  step(`installing ${packages.join(', ')} with apt-get`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run(APT, ['update', '-q'], { env });
  await run(APT, ['install', '-y', '-q', '--no-install-recommends', ...packages], { env });
}

/** Whether Debian packages can be had here, without installing them. */
export async function canUnpackPackages(): Promise<boolean> {
  return process.platform === 'linux' && (await isExecutable(APT)) && (await isExecutable(DPKG));
}

/** Downloads Debian packages and unpacks them into a folder. Nothing of the machine is changed but lists of packages. */
export async function unpackPackages(packages: readonly string[], folder: string): Promise<void> {
  step(`downloading ${packages.join(', ')} with apt-get`);
  const options = { cwd: folder };
  const download = () => run(APT, ['download', '-q', ...packages], options);
  // A machine that was just made has no lists yet, and only root may fetch them.
  await download().catch(async error => {
    if (process.getuid?.() !== 0) throw error;
    await run(APT, ['update', '-q']);
    await download();
  });
  for (const file of (await readdir(folder)).filter(name => name.endsWith('.deb'))) {
    await run(DPKG, ['-x', file, folder], options);
    await rm(join(folder, file));
  }
}
