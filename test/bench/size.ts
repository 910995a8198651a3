import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { codeSize } from './codeSize.ts';
import type { Measure } from './measure.ts';
import { packProduct } from './pack.ts';

const KB = 1000;

/** The sizes of what is loaded at start-up, and of the package. */
export const size: Measure = {
  name: 'size',
  title: 'the production build',
  async run() {
    const { atActivation } = await codeSize();
    return [
      { what: 'code loaded at activation, minified', value: atActivation / KB, bound: 120, unit: 'KB' },
      { what: 'package', value: (await packageSize()) / KB, bound: 600, unit: 'KB' },
    ];
  },
};

/** Bytes. */
async function packageSize(): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'key-quota-package-'));
  try {
    const vsix = join(folder, 'key-quota.vsix');
    await packProduct(vsix);
    return (await stat(vsix)).size;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
