import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { projectRoot } from '../host/project.ts';
import { manifestText } from './manifest.ts';

/** Writes into package.json what follows from the code. With `--check` only says where it differs, and fails then. */
const { check } = parseArgs({ options: { check: { type: 'boolean', default: false } } }).values;
const path = join(projectRoot, 'package.json');
const there = readFileSync(path, 'utf8');
const due = manifestText(there);

if (!check) writeFileSync(path, due);
else if (there !== due) {
  const lines = there.split('\n');
  const at = due.split('\n').findIndex((line, index) => line !== lines[index]);
  process.stdout.write(
    `package.json:${at + 1} is not what commands, settings and tools say. Run: npm run manifest\n- ${lines[at]}\n+ ${due.split('\n')[at]}\n`,
  );
  process.exitCode = 1;
}
