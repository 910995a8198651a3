import type { Settings } from '../../src/core/ports/settings.ts';
import { Child } from '../unit/support/child.ts';
import type { StoredKey } from '../unit/support/storedKeys.ts';

/** What a window runs, in a process of its own. */
export interface WindowSpec {
  readonly folder: string;
  /** Those whose secrets it has. */
  readonly keys: readonly StoredKey[];
  readonly focused: boolean;
  /** With all that looks at something by itself, and with checks scattered by chance; else polls alone. */
  readonly isWhole?: boolean;
  readonly settings?: Pick<Settings, 'pollMs' | 'timeoutMs'>;
}

/** Starts a window in a process of its own. */
export function startWindow(spec: WindowSpec): Child {
  return new Child(new URL('windowProcess.ts', import.meta.url), [JSON.stringify(spec)]);
}

/** Closes the window as VS Code does, and waits until its process has ended. */
export async function closeWindow(window: Child): Promise<void> {
  window.process.stdin?.end();
  await window.ended;
}
