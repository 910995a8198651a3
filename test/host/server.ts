import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { canary } from '../canary/search.ts';
import type { CodeServer } from './codeServer.ts';
import { offerLanguages } from './displayLanguage.ts';
import { installExtensions, installPackages } from './installExtensions.ts';
import { endProcessTree, killProcessTree } from './processTree.ts';
import { quietSettings } from './settings.ts';

const START_LIMIT_MS = 60_000;
/** Tests look at what is in front of them: no extension gallery is asked for anything. */
const NO_GALLERY = { EXTENSIONS_GALLERY: '{}' };

export interface ServerOptions {
  /** Added to the environment of the server, and with it of every extension host. */
  env?: Record<string, string>;
  /** User settings, on top of those that keep the workbench quiet. */
  settings?: Record<string, unknown>;
  /** Folders of extensions that are installed when it starts, for every window. */
  extensions?: readonly string[];
  /** Packages (`.vsix`) that are installed beside them. */
  packages?: readonly string[];
  /**
   * Lets the address of a window name development extensions and a suite to run. In exchange VS Code
   * no longer pops notifications up: they are only in its notification centre.
   */
  testDriver?: boolean;
}

/** A VS Code server that is listening. */
export interface VscodeServer {
  /** Where a browser finds it, such as `http://127.0.0.1:40123`. */
  origin: string;
  /** Holds everything this VS Code remembers; removed when it stops. */
  dataFolder: string;
  /** Rewrites the user settings. Open windows pick them up at once. */
  writeSettings(settings: Record<string, unknown>): Promise<void>;
  /** What the server has printed so far, for the message of a failed test. */
  output(): string;
  stop(): Promise<void>;
}

/** Starts a VS Code that nobody used before, on a free port of loopback. */
export async function startServer(
  codeServer: CodeServer,
  options: ServerOptions = {},
): Promise<VscodeServer> {
  // Short, because VS Code opens sockets in here, and macOS limits their paths to 103 characters.
  const dataFolder = await mkdtemp(join(process.platform === 'darwin' ? '/tmp' : tmpdir(), 'kq-'));
  const writeSettings = async (settings: Record<string, unknown>) => {
    const file = join(dataFolder, 'data', 'User', 'settings.json');
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, JSON.stringify({ ...quietSettings, ...settings }, null, 2));
  };
  await writeSettings(options.settings ?? {});
  await installExtensions(join(dataFolder, 'extensions'), options.extensions ?? []);
  await installPackages(codeServer, dataFolder, options.packages ?? []);
  await offerLanguages(dataFolder);

  const child = spawn(process.execPath, [codeServer.main, ...serverArguments(dataFolder, options)], {
    env: { ...process.env, ...NO_GALLERY, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A process group of its own, so that stopping it stops its extension hosts as well.
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  const output = collectOutput(child);
  const dieWithUs = () => killProcessTree(child);
  process.once('exit', dieWithUs);
  const stop = async () => {
    await endProcessTree(child);
    process.off('exit', dieWithUs);
    canary.folder(dataFolder);
    canary.text('what the server printed', output());
    await rm(dataFolder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };

  try {
    const port = await listeningPort(child, output);
    return { origin: `http://127.0.0.1:${port}`, dataFolder, writeSettings, output, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function serverArguments(dataFolder: string, options: ServerOptions): string[] {
  return [
    ...['--host', '127.0.0.1', '--port', '0'],
    '--without-connection-token',
    '--accept-server-license-terms',
    ...['--server-data-dir', dataFolder],
    ...['--telemetry-level', 'off'],
    '--disable-workspace-trust',
    '--disable-getting-started-override',
    ...(options.testDriver ? ['--enable-smoke-test-driver'] : []),
  ];
}

function collectOutput(child: ChildProcess): () => string {
  let text = '';
  const add = (chunk: Buffer) => {
    text += chunk;
  };
  child.stdout?.on('data', add);
  child.stderr?.on('data', add);
  return () => text;
}

function listeningPort(child: ChildProcess, output: () => string): Promise<number> {
  return new Promise((resolve, reject) => {
    const fail = (reason: string) =>
      reject(new Error(`VS Code's server ${reason}:\n${output().slice(-2_000)}`));
    const limit = setTimeout(
      () => fail(`was not listening after ${START_LIMIT_MS / 1_000} s`),
      START_LIMIT_MS,
    );
    child.stdout?.on('data', () => {
      const port = /Extension host agent listening on (\d+)/.exec(output())?.[1];
      if (port) {
        clearTimeout(limit);
        resolve(Number(port));
      }
    });
    child.once('error', error => {
      clearTimeout(limit);
      fail(`cannot be started (${error.message})`);
    });
    child.once('exit', code => {
      clearTimeout(limit);
      fail(`ended with exit code ${code} before it was listening`);
    });
  });
}
