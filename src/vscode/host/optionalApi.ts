import type { Disposable } from 'vscode';

/**
 * Registers something for which the editor may have no place: its relatives lag behind VS Code, or leave parts of
 * it out. Everything else goes on without it.
 */
export function ifAvailable(
  what: string,
  register: () => Disposable,
  lacks: (what: string) => void = () => undefined,
): Disposable {
  try {
    return register();
  } catch {
    lacks(what);
    return { dispose: () => undefined };
  }
}
