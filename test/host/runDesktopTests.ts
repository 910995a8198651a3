import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';
import { bundleSuite } from './bundleSuite.ts';
import { cacheFolder } from './cache.ts';
import { prepareEnvironment } from './environment.ts';
import { type ProgramContext, runProgram } from './program.ts';
import { step } from './progress.ts';
import { projectRoot } from './project.ts';
import { printResult } from './suiteResult.ts';

/** Where desktop VS Code is downloaded from. */
const DOWNLOADS = 'update.code.visualstudio.com';

await runProgram(async context => {
  const versions = process.argv.slice(2);
  let allPassed = true;
  for (const version of versions.length > 0 ? versions : [await minimumVersion(), 'stable']) {
    allPassed = (await runOn(version, context)) && allPassed;
  }
  return allPassed ? 0 : 1;
});

/** Runs the suite of test/vscode in desktop VS Code. True when it passed. */
async function runOn(version: string, { cleanup }: ProgramContext): Promise<boolean> {
  const vscodeExecutablePath = await getDesktop(version);
  const suite = await bundleSuite();
  const environment = await prepareEnvironment();
  cleanup.add(() => environment.stop());
  // Short, because VS Code opens sockets in here, and macOS limits their paths to 103 characters.
  const userData = await mkdtemp(join(process.platform === 'darwin' ? '/tmp' : tmpdir(), 'kq-'));
  cleanup.add(() => rm(userData, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }));

  step(`running the suite in desktop VS Code ${version}`);
  const trouble = await runTests({
    vscodeExecutablePath,
    extensionDevelopmentPath: projectRoot,
    extensionTestsPath: suite,
    extensionTestsEnv: environment.env,
    launchArgs: launchArguments(environment.folder, userData),
  }).then(
    () => undefined,
    error => String(error),
  );
  const outcome = await printResult(environment.resultFile);
  if (outcome === 'broken') {
    process.stderr.write(
      `Desktop VS Code ${version} did not end the suite: ${trouble ?? 'no reason given'}\n`,
    );
    if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
      process.stderr.write('It needs a display. Without one: "xvfb-run -a npm run test:desktop".\n');
    }
  }
  return outcome === 'passed' && trouble === undefined;
}

async function getDesktop(version: string): Promise<string> {
  step(`getting desktop VS Code ${version}`);
  try {
    return await downloadAndUnzipVSCode({ version, cachePath: join(cacheFolder(), 'desktop') });
  } catch (error) {
    throw new Error(
      `Desktop VS Code ${version} cannot be had: its download from https://${DOWNLOADS} failed ` +
        `(${error instanceof Error ? error.message : String(error)}). ` +
        '"npm run test:vscode" runs the same suite without that download.',
      { cause: error },
    );
  }
}

function launchArguments(folder: string, userData: string): string[] {
  return [
    folder,
    ...['--user-data-dir', userData],
    ...['--extensions-dir', join(userData, 'extensions')],
    '--disable-workspace-trust',
    '--disable-telemetry',
    '--disable-updates',
    '--skip-welcome',
    '--skip-release-notes',
    // Without a keyring the secrets of the suite are merely obfuscated, and it never asks for one.
    '--password-store=basic',
    // Electron refuses to run as root with its sandbox.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ];
}

/** The oldest VS Code that the manifest promises to work with. */
async function minimumVersion(): Promise<string> {
  const manifest = JSON.parse(await readFile(join(projectRoot, 'package.json'), 'utf8')) as {
    engines: { vscode: string };
  };
  return manifest.engines.vscode.replace(/^\D+/, '');
}
