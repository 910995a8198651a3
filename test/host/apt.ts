import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isExecutable } from './installedBrowsers.ts';
import { step } from './progress.ts';
import { run } from './run.ts';

const APT = '/usr/bin/apt-get';
const DPKG = '/usr/bin/dpkg';
const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';

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
  // A machine that was just made has no lists yet, and only root may fetch them.
  await download(packages, folder).catch(async error => {
    if (process.getuid?.() !== 0) throw error;
    await run(APT, ['update', '-q']);
    await download(packages, folder);
  });
  await unpack(folder);
}

/** Whether this is Debian itself, whose other releases are where its own is. */
export async function isDebian(): Promise<boolean> {
  const release = await readFile('/etc/os-release', 'utf8').catch(() => '');
  return /^ID=debian$/m.test(release) && (await canUnpackPackages());
}

/**
 * The same from another release of Debian, by lists of packages that are kept in the folder until it is done: those of the
 * machine stay as they are.
 */
export async function unpackFromRelease(
  release: string,
  packages: readonly string[],
  folder: string,
): Promise<void> {
  const apt = join(folder, 'apt');
  for (const name of ['sources', 'lists/partial', 'archives/partial'])
    await mkdir(join(apt, name), { recursive: true });
  const repository = await debianRepository();
  const source = {
    Types: 'deb',
    URIs: repository,
    Suites: release,
    Components: 'main',
    'Signed-By': KEYRING,
  };
  const lines = Object.entries(source).map(([name, value]) => `${name}: ${value}\n`);
  await writeFile(join(apt, 'sources', 'debian.sources'), lines.join(''));
  const options = {
    'Dir::Etc::sourcelist': '/dev/null',
    'Dir::Etc::sourceparts': join(apt, 'sources'),
    'Dir::State': apt,
    'Dir::Cache': apt,
  };
  const args = Object.entries(options).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
  await run(APT, [...args, 'update', '-q']);
  await download(packages, folder, args);
  await rm(apt, { recursive: true });
  await unpack(folder);
}

/** Where this machine has Debian’s packages from. It says so once it has lists of them. */
async function debianRepository(): Promise<string> {
  const options = ['Created-By: Packages', 'Origin: Debian', 'Label: Debian', '--format', '$(REPO_URI)'];
  const find = async () => (await run(APT, ['indextargets', ...options])).trim().split('\n')[0] || undefined;
  const found = await find();
  if (found !== undefined) return found;
  await run(APT, ['update', '-q']);
  const later = await find();
  if (later === undefined) throw new Error('apt-get does not say where it has Debian’s packages from.');
  return later;
}

async function download(packages: readonly string[], folder: string, args: readonly string[] = []) {
  step(`downloading ${packages.join(', ')} with apt-get`);
  await run(APT, [...args, 'download', '-q', ...packages], { cwd: folder });
}

async function unpack(folder: string): Promise<void> {
  for (const file of (await readdir(folder)).filter(name => name.endsWith('.deb'))) {
    await run(DPKG, ['-x', file, folder], { cwd: folder });
    await rm(join(folder, file));
  }
}
