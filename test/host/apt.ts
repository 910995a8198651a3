import { isExecutable } from './installedBrowsers.ts';
import { step } from './progress.ts';
import { run } from './run.ts';

const APT = '/usr/bin/apt-get';

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
