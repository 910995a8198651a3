import { join } from 'node:path';
import { cached } from './cache.ts';
import { installDependencies, type PinnedPackage, unpackPackage } from './npm.ts';
import { step } from './progress.ts';

/** The VS Code that the tests run in. Its version is that of the package, 4.x.y for 1.x.y. */
const VSCODE_VERSION = '1.139.1';

const PACKAGE: PinnedPackage = {
  name: 'code-server',
  version: '4.139.1',
  integrity:
    'sha512-fUYvJVdz4ZoVJfakGiGWXFMpF8K1ObsrpGvX17ZxNpKOzdNHs7lANT670JTr4ZhA8DnWqyvvmFG/d3HV9Yy6ew==',
};

/** A VS Code that runs as a server and shows its window in a browser. */
export interface CodeServer {
  /** The script to run with Node 24. */
  main: string;
  version: string;
}

/**
 * Gets VS Code from the npm registry, once (600 MB, kept in the cache). Scripts are off all the way:
 * nothing is compiled. VS Code then does without its file logs and its file watcher of the parent
 * process, says so on stderr, and works.
 */
export async function getCodeServer(): Promise<CodeServer> {
  const root = await cached(join('vscode', PACKAGE.version), async staging => {
    step(
      `fetching VS Code ${VSCODE_VERSION} (${PACKAGE.name}@${PACKAGE.version}, 47 MB; only the first time)`,
    );
    await unpackPackage(PACKAGE, staging);
    const vscode = join(staging, 'lib', 'vscode');
    step('installing what VS Code needs to run');
    await installDependencies(vscode);
    step('installing what its built-in extensions need');
    await installDependencies(join(vscode, 'extensions'));
  });
  return { main: join(root, 'lib', 'vscode', 'out', 'server-main.js'), version: VSCODE_VERSION };
}
