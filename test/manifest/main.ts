import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { projectRoot } from '../host/project.ts';
import { configurationSchemaText } from './configurationSchema.ts';
import { manifestText } from './manifest.ts';

/** Writes the files that follow from the code. With `--check` only says where they differ, and fails then. */
const { check } = parseArgs({ options: { check: { type: 'boolean', default: false } } }).values;

/** Each file, and how its text follows from the present one. */
const FILES: Readonly<Record<string, (there: string) => string>> = {
  'package.json': manifestText,
  'deploy/key-quota.schema.json': configurationSchemaText,
};

for (const [name, dueOf] of Object.entries(FILES)) {
  const path = join(projectRoot, name);
  const there = readFileSync(path, 'utf8');
  const due = dueOf(there);
  if (!check) writeFileSync(path, due);
  else if (there !== due) {
    const lines = there.split('\n');
    const at = due.split('\n').findIndex((line, index) => line !== lines[index]);
    process.stdout.write(
      `${name}:${at + 1} is not what the code says. Run: npm run manifest\n- ${lines[at]}\n+ ${due.split('\n')[at]}\n`,
    );
    process.exitCode = 1;
  }
}
