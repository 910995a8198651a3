// JavaScript, because a development extension is loaded as it is.
import { commands } from 'vscode';

const METHODS = ['get', 'keys', 'store', 'delete'];
const HANGS = 'hangs';

/**
 * Puts a gate before the secret storage of all extensions of this window, which have one class for it. It stays closed over
 * a restart of the extensions.
 * @param {import('vscode').ExtensionContext} context
 */
export function activate({ secrets, globalState, subscriptions }) {
  /** @type {Promise<void>} */
  let gate = Promise.resolve();
  let open = () => {};
  const close = () => {
    gate = new Promise(resolve => {
      open = resolve;
    });
  };
  if (globalState.get(HANGS)) close();
  const storage = Object.getPrototypeOf(secrets);
  for (const method of METHODS) {
    const original = storage[method];
    /** @type {(this: unknown, ...args: unknown[]) => Promise<unknown>} */
    storage[method] = async function (...args) {
      await gate;
      return original.apply(this, args);
    };
  }
  subscriptions.push(
    commands.registerCommand('keyRing.hang', async () => {
      close();
      await globalState.update(HANGS, true);
    }),
    commands.registerCommand('keyRing.answer', async () => {
      open();
      await globalState.update(HANGS, undefined);
    }),
  );
}
