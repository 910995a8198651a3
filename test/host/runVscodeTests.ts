import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { conclude } from '../canary/conclude.ts';
import { canary, type Searched } from '../canary/search.ts';
import { findBrowser, launchBrowser } from './browser.ts';
import { bundleSuite } from './bundleSuite.ts';
import { getCodeServer } from './codeServer.ts';
import { prepareEnvironment } from './environment.ts';
import { type ProgramContext, runProgram } from './program.ts';
import { step } from './progress.ts';
import { projectRoot } from './project.ts';
import { startServer } from './server.ts';
import { printResult } from './suiteResult.ts';
import { openScreen, openWindow } from './window.ts';

/** Longer than the suite ever takes; a suite that hangs ends here. */
const SUITE_LIMIT_MS = 10 * 60_000;
const MOST_ERRORS = 10;
/** Errors of every run: native modules that are not built, and a service worker that is not served. */
const EXPECTED = /spdlog|watchdog|\[Service Worker\]/;

await runProgram(runVscodeTests);

async function runVscodeTests({ cleanup }: ProgramContext): Promise<number> {
  const suite = await bundleSuite();
  const codeServer = await getCodeServer();
  const found = await findBrowser();

  const environment = await prepareEnvironment();
  cleanup.add(() => environment.stop());
  step(`starting VS Code ${codeServer.version}`);
  const server = await startServer(codeServer, { env: environment.env, testDriver: true });
  cleanup.add(() => server.stop());
  const browser = await launchBrowser(found);
  cleanup.add(() => browser.close());

  step('running the suite inside VS Code');
  const consoleLines: string[] = [];
  const ended = Promise.withResolvers<string>();
  const limit = setTimeout(
    () => ended.resolve(`had not ended the suite after ${SUITE_LIMIT_MS / 1_000} s`),
    SUITE_LIMIT_MS,
  );
  browser.once('disconnected', () => ended.resolve('lost its browser'));
  const content = { folder: environment.folder, extensions: [projectRoot], tests: suite };
  const page = await openWindow(await openScreen(browser), server, content, {
    onLog: (type, args) => consoleLines.push(`${type}: ${args.join(' ')}`),
    onExit: code => ended.resolve(code === 0 ? '' : `ended the suite with code ${code}`),
  });
  page.once('crash', () => ended.resolve('lost its page'));
  const trouble = await ended.promise;
  clearTimeout(limit);

  const outcome = await printResult(environment.resultFile);
  if (outcome === 'passed' && !trouble) {
    canary.text('the console of the window', consoleLines.join('\n'));
    canary.folder(environment.folder);
    canary.add(JSON.parse(await readFile(environment.canaryFile, 'utf8')) as Searched);
    // Stopped, so that all it writes is written, and searched before it is removed.
    await page.context().close();
    await server.stop();
    conclude(canary);
    return 0;
  }
  const log = await writeLog('vscode-tests.log', [...consoleLines, '', server.output()].join('\n'));
  if (outcome === 'broken') {
    process.stderr.write(`VS Code ${trouble}.\n`);
    const errors = consoleLines.filter(line => line.startsWith('error: ') && !EXPECTED.test(line));
    process.stderr.write([...errors.slice(-MOST_ERRORS), ''].join('\n'));
  }
  process.stderr.write(`What VS Code wrote to its consoles is in ${log}\n`);
  return 1;
}

async function writeLog(name: string, text: string): Promise<string> {
  const folder = join(projectRoot, '.test-output');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, name), text);
  return relative(process.cwd(), join(folder, name));
}
