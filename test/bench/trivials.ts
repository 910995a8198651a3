import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { commandIds } from '../../src/commands/commandIds.ts';
import { packFolder } from './pack.ts';

export const TRIVIAL = 'key-quota.trivial';
/** The same with as many commands as the product has: what VS Code takes for their names alone. */
export const NAMES = 'key-quota.names';
/** The same once more. The first extension of a host pays for what VS Code has to load for any. */
export const FIRST = 'key-quota.first';

const source = join(import.meta.dirname, 'trivial');

/** Packs them, to be installed as the product is; returns the packages. */
export function packTrivials(parent: string): Promise<string[]> {
  return Promise.all([
    packTrivial(parent, 'trivial', 1),
    packTrivial(parent, 'first', 1),
    packTrivial(parent, 'names', commandIds.length),
  ]);
}

/** The trivial extension under a name, with so many commands, each written out as its own one is. */
async function packTrivial(parent: string, name: string, commandCount: number): Promise<string> {
  const folder = join(parent, name);
  await mkdir(folder);
  const numbers = Array.from({ length: commandCount }, (_, number) => number);
  const commands = numbers.map(number => ({ command: `${name}.nothing${number}`, title: 'Do Nothing' }));
  const manifest = JSON.parse(await readFile(join(source, 'package.json'), 'utf8'));
  const named = { ...manifest, name, contributes: { ...manifest.contributes, commands } };
  await writeFile(join(folder, 'package.json'), JSON.stringify(named));
  const code = await readFile(join(source, 'extension.js'), 'utf8');
  const copied = code.replace(/^.*registerCommand.*\n/m, line =>
    commands.map(({ command }) => line.replace('trivial.nothing', command)).join(''),
  );
  await writeFile(join(folder, 'extension.js'), copied);
  const vsix = join(parent, `${name}.vsix`);
  await packFolder(folder, vsix);
  return vsix;
}
