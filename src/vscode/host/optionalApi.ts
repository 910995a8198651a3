import type { Disposable } from 'vscode';

/** Registers something by an API that forks of VS Code may lack; does nothing where it is missing. */
export function ifAvailable(register: () => Disposable): Disposable {
  try {
    return register();
  } catch {
    return { dispose: () => undefined };
  }
}
