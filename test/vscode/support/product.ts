import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { KeyState } from '../../../src/core/quota/keyState.ts';
import type { KeyQuotaApi } from '../../../src/vscode/keyQuotaApi.ts';

/** A busy machine takes longer than one that is not; the test is given up later still. */
const PATIENCE_MS = 30_000;

/** The extension as other extensions get it, activated. */
export async function product(): Promise<KeyQuotaApi> {
  const extension = vscode.extensions.getExtension<KeyQuotaApi>('key-quota.key-quota');
  assert.ok(extension, 'key-quota.key-quota is not among the extensions of this window');
  return extension.activate();
}

/** Runs one of the extension's commands, by its name without the prefix. */
export async function run<Result = unknown>(name: string, argument?: unknown): Promise<Result> {
  await product();
  return vscode.commands.executeCommand<Result>(`keyQuota.${name}`, argument);
}

/** What `keyQuota.addKey` takes. */
export interface NewKey {
  readonly label?: string;
  readonly kind: string;
  readonly origin: string;
  readonly secret: string;
  readonly credential?: string;
}

/** Adds a key and returns its id. */
export async function addKey(key: NewKey): Promise<string> {
  const { id } = await run<{ id: string }>('addKey', key);
  return id;
}

/** Asks about one key now and returns its state. */
export async function refreshed(id: string): Promise<KeyState> {
  const [state, ...others] = await run<KeyState[]>('refresh', id);
  assert.ok(state, 'the key that was refreshed has no state');
  assert.equal(others.length, 0);
  return state;
}

/** Waits until the snapshot shows this, and returns what `look` found in it. */
export async function shown<Found>(
  what: string,
  look: (keys: readonly KeyState[]) => Found | undefined | false,
): Promise<Found> {
  const api = await product();
  const now = look(api.snapshot());
  if (now !== undefined && now !== false) return now;
  const { promise, resolve, reject } = Promise.withResolvers<Found>();
  const listener = api.onDidChange(keys => {
    const found = look(keys);
    if (found !== undefined && found !== false) resolve(found);
  });
  const limit = setTimeout(
    () => reject(new Error(`In vain waited until ${what}: ${JSON.stringify(api.snapshot())}`)),
    PATIENCE_MS,
  );
  return promise.finally(() => {
    clearTimeout(limit);
    listener.dispose();
  });
}

/** Waits until the key has been asked about and this holds for it. */
export function keyShown(
  id: string,
  what: string,
  holds: (key: KeyState) => boolean = key => key.reading !== undefined,
): Promise<KeyState> {
  return shown(what, keys => keys.find(key => key.id === id && holds(key)));
}

/** The key as the public API knows it now. */
export async function stateOf(id: string): Promise<KeyState | undefined> {
  return (await product()).snapshot().find(key => key.id === id);
}

/** Leaves no key behind for the next test. */
export async function removeAllKeys(): Promise<void> {
  for (const { id } of (await product()).snapshot()) await run('removeKey', { id, confirmed: true });
}
