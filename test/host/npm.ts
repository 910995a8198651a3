import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { run } from './run.ts';

export interface PinnedPackage {
  name: string;
  version: string;
  /** As `npm view <name>@<version> dist.integrity` prints it. */
  integrity: string;
}

/** Unpacks one package, without its dependencies and without running any script of it, into `folder`. */
export async function unpackPackage(wanted: PinnedPackage, folder: string): Promise<void> {
  const spec = `${wanted.name}@${wanted.version}`;
  await npm(['pack', spec, '--ignore-scripts', '--pack-destination', folder], folder);
  const archive = (await readdir(folder)).find(name => name.endsWith('.tgz'));
  if (!archive) {
    throw new Error(`npm pack ${spec} left no archive.`);
  }
  await checkIntegrity(join(folder, archive), wanted.integrity, spec);
  // bsdtar on Windows and macOS and GNU tar on Linux agree on these options. The relative name
  // keeps GNU tar from reading a drive letter as a host.
  await run('tar', ['-xzf', archive, '--strip-components', '1'], { cwd: folder });
  await rm(join(folder, archive));
}

/** Installs what the package.json in `folder` asks for at run time, exactly as its lock file pins it. */
export async function installDependencies(folder: string): Promise<void> {
  await npm(['install', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund'], folder);
}

async function npm(args: string[], cwd: string): Promise<void> {
  const env = outsideOfNpm(process.env);
  const running = process.env.npm_execpath;
  if (running && /^npm-cli\./.test(basename(running))) {
    // The npm that runs us. Not through its launcher: on Windows that is a .cmd file.
    await run(process.execPath, [running, ...args], { cwd, env });
  } else {
    await run('npm', args, { cwd, env, shell: process.platform === 'win32' });
  }
}

/** What of npm's configuration is about the machine and its network, and holds for every project. */
const KEPT =
  /^npm_config_(registry|.*:registry|\/\/.*|.*proxy|ca|cafile|strict_ssl|cache|userconfig|globalconfig|fetch_.*|offline|prefer_offline)$/i;

/**
 * The environment as it was before `npm run`: npm hands every script its own settings, among them
 * the folder of the project, and a second npm started by that script would take them for its own.
 */
function outsideOfNpm(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(
    ([name, value]) => !/^(npm_|INIT_CWD$)/i.test(name) || (KEPT.test(name) && value),
  );
  return Object.fromEntries(kept);
}

async function checkIntegrity(file: string, expected: string, spec: string): Promise<void> {
  const hash = createHash('sha512');
  await pipeline(createReadStream(file), hash);
  const actual = `sha512-${hash.digest('base64')}`;
  if (actual !== expected) {
    throw new Error(
      `${spec} is not the package this project was tested with: ${actual} instead of ${expected}.`,
    );
  }
}
