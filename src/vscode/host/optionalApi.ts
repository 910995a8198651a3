import type { Disposable } from 'vscode';

/**
 * Registers something for which the editor may have no place: its relatives lag behind VS Code, or leave parts of
 * it out. Everything else goes on without it.
 */
export function ifAvailable(register: () => Disposable): Disposable {
  try {
    return register();
  } catch {
    return { dispose: () => undefined };
  }
}
