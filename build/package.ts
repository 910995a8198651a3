/**
 * `node build/package.ts [--pre-release]`: packages what was built into `dist/key-quota.vsix`, as small as it gets.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const FILE = join('dist', 'key-quota.vsix');
const VSCE = join('node_modules', '@vscode', 'vsce', 'vsce');

const preRelease = { type: 'boolean', default: false } as const;
const { values } = parseArgs({ options: { 'pre-release': preRelease } });
const { repository } = JSON.parse(readFileSync('package.json', 'utf8')) as { repository?: object };

// Links and pictures of the README lead to the repository, which vsce cannot do before listing.json names one. Such a
// package works, and `npm run check:release` refuses to publish it.
const withoutAddresses = ['--allow-missing-repository', '--no-rewrite-relative-links'];
const run = (...args: readonly string[]) => execFileSync(process.execPath, args, { stdio: 'inherit' });
run(
  VSCE,
  'package',
  '--no-dependencies',
  ...(repository === undefined ? withoutAddresses : []),
  ...(values['pre-release'] ? ['--pre-release'] : []),
  ...['--out', FILE],
);
run(join('build', 'recompress.ts'), FILE);
