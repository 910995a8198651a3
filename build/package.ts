/**
 * `node build/package.ts [--pre-release] [--out FILE]`: packages what was built into `dist/key-quota.vsix` or that file, as
 * small as it gets.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const VSCE = join('node_modules', '@vscode', 'vsce', 'vsce');

const { values } = parseArgs({
  options: {
    'pre-release': { type: 'boolean', default: false },
    out: { type: 'string', default: join('dist', 'key-quota.vsix') },
  },
});
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
  ...['--out', values.out],
);
run(join('build', 'recompress.ts'), values.out);
