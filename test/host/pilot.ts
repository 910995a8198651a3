import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { until } from './until.ts';

const APPEAR_LIMIT_MS = 60_000;
const ANSWER_LIMIT_MS = 60_000;

/** The development extension that lets a test run commands in a window. */
export const pilotExtension = join(import.meta.dirname, 'pilot');

/** The environment variables that make the pilot listen for commands. */
export function pilotEnvironment(folder: string): Record<string, string> {
  return { KEY_QUOTA_PILOT_DIR: folder };
}

/** A window, as seen from a test outside of VS Code. */
export interface Pilot {
  /** Runs a command in the window and returns what it returned; throws what it threw. */
  command<Result = unknown>(id: string, ...args: unknown[]): Promise<Result>;
  /** Sets a user setting, as its editor would; without a value it is as if it had never been set. */
  setting(name: string, value?: unknown): Promise<void>;
  /** Follows a link, as if it had been clicked on in the window. */
  follow(link: string): Promise<void>;
  /** What the extension's public API says about all keys. */
  snapshot<State = unknown>(): Promise<State[]>;
}

/** Finds the window that shows the folder of this name, waiting for its extension host to be up. */
export async function connectPilot(folder: string, workspaceName: string): Promise<Pilot> {
  const file = join(folder, `${workspaceName}.json`);
  const door = await until(`the pilot of ${workspaceName} is there`, APPEAR_LIMIT_MS, async () => {
    const text = await readFile(file, 'utf8').catch(() => undefined);
    return text && (JSON.parse(text) as { port: number; token: string });
  });
  const ask = async (path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`http://127.0.0.1:${door.port}${path}`, {
      ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
      headers: { authorization: `Bearer ${door.token}` },
      signal: AbortSignal.timeout(ANSWER_LIMIT_MS),
    });
    const { result, error } = (await response.json()) as { result?: unknown; error?: string };
    if (error !== undefined) {
      throw new Error(error);
    }
    return result;
  };
  return {
    command: async <Result>(id: string, ...args: unknown[]) =>
      (await ask('/command', { command: id, args })) as Result,
    setting: async (name, value) => {
      await ask('/setting', { name, value });
    },
    follow: async link => {
      await ask('/link', link);
    },
    snapshot: async <State>() => (await ask('/api')) as State[],
  };
}
