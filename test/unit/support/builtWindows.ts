import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { WindowOrder, WindowReport } from './builtWindow.ts';
import { Child } from './child.ts';

/** Builds the extension into a folder, as it is packed. */
export function buildInto(folder: string): string {
  const script = fileURLToPath(new URL('../../../esbuild.js', import.meta.url));
  execFileSync(process.execPath, [script, '--outdir', folder], { stdio: 'inherit' });
  return folder;
}

/** Windows of the built extension, one after the other, in a process of their own. */
export class BuiltWindows {
  readonly #child: Child;

  constructor(dist: string, lacking = '') {
    this.#child = new Child(new URL('builtWindow.ts', import.meta.url), [dist, lacking]);
  }

  async open(order: WindowOrder): Promise<WindowReport> {
    const report = this.#child.nextLine();
    this.#child.writeLine(JSON.stringify(order));
    const end = this.#child.ended.then(code => {
      throw new Error(`The window ended with ${code}.`);
    });
    return JSON.parse(await Promise.race([report, end])) as WindowReport;
  }

  async close(): Promise<void> {
    await this.#child.kill();
  }
}
