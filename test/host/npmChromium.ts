import { createReadStream, createWriteStream } from 'node:fs';
import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';
import { canInstallPackages, installPackages } from './apt.ts';
import { cached } from './cache.ts';
import { fontConfiguration } from './fonts.ts';
import { type PinnedPackage, unpackPackage } from './npm.ts';
import { step } from './progress.ts';
import { run } from './run.ts';

const PACKAGE: PinnedPackage = {
  name: '@sparticuz/chromium',
  version: '153.0.0',
  integrity:
    'sha512-jiGWqSvPMdu4+P9TilYqAR7yEGPEHINx+lCvE/NqNO/EHYzF/x1hUiI5T6ioVIt7dEy7n88byyT0vk+dnsgQwA==',
};

/** A browser to start: its file, and what its environment has to hold on top of ours. */
export interface NpmChromium {
  executablePath: string;
  env: Record<string, string>;
}

/** Whether the package holds a binary for this machine. */
export function hasNpmChromium(): boolean {
  return process.platform === 'linux' && process.arch === 'x64';
}

/**
 * Chromium's headless shell from the npm registry: no screen, no system packages, always the same
 * version, and its own UI font, so that pictures taken with it look the same on every machine.
 */
export async function getNpmChromium(): Promise<NpmChromium> {
  const folder = await cached(join('browser', `chromium-${PACKAGE.version}`), install);
  const executablePath = join(folder, 'chromium');
  const env = { FONTCONFIG_FILE: join(folder, 'fonts.conf') };
  const ownLibraries = { ...env, LD_LIBRARY_PATH: join(folder, 'lib') };
  if (await starts(executablePath, env)) {
    return { executablePath, env };
  }
  // The package brings the few libraries it expects of the system. They fit most systems.
  if (await starts(executablePath, ownLibraries)) {
    return { executablePath, env: ownLibraries };
  }
  if (await canInstallPackages()) {
    await installPackages(['libnss3']);
    if (await starts(executablePath, env)) {
      return { executablePath, env };
    }
  }
  throw new Error(
    `Chromium from the npm registry does not start: ${await failure(executablePath, env)}\n` +
      'It needs the system library libnss3. Install it (Debian, Ubuntu: "apt-get install libnss3"; ' +
      'Fedora: "dnf install nss"), or install Chrome, Edge or Chromium, or set KEY_QUOTA_BROWSER.',
  );
}

async function install(staging: string): Promise<void> {
  step(`fetching a browser (${PACKAGE.name}@${PACKAGE.version}, 66 MB; only the first time)`);
  const unpacked = join(staging, 'package');
  await mkdir(unpacked);
  await unpackPackage(PACKAGE, unpacked);
  const executable = join(staging, 'chromium');
  await decompress(join(unpacked, 'bin', 'chromium.br'), executable);
  await chmod(executable, 0o755);
  for (const name of ['fonts', 'al2023']) {
    const archive = join(unpacked, `${name}.tar`);
    await decompress(join(unpacked, 'bin', `${name}.tar.br`), archive);
    await run('tar', ['-xf', archive, '-C', staging]);
  }
  await writeFile(join(staging, 'fonts.conf'), fontConfiguration());
  await rm(unpacked, { recursive: true });
}

function decompress(from: string, to: string): Promise<void> {
  return pipeline(createReadStream(from), createBrotliDecompress(), createWriteStream(to));
}

async function starts(executablePath: string, env: Record<string, string>): Promise<boolean> {
  return (await failure(executablePath, env)) === undefined;
}

/** Why the browser does not start; undefined when it does. A missing library shows even with --version. */
async function failure(executablePath: string, env: Record<string, string>): Promise<string | undefined> {
  return run(executablePath, ['--version'], { env: { ...process.env, ...env } }).then(
    () => undefined,
    error => String(error),
  );
}
