import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readListing } from '../manifest/listing.ts';
import { projectRoot } from './project.ts';
import { channelOf, notesOf, releaseFaults } from './releaseFaults.ts';

/**
 * `npm run check:release -- [--tag v1.2.3] [--notes FILE]`: prints why this version cannot be released yet, and fails
 * then. Otherwise it prints the channel, also for GitHub's jobs, and writes the version's section of the changelog into
 * a file.
 */
const { tag, notes } = parseArgs({ options: { tag: { type: 'string' }, notes: { type: 'string' } } }).values;
const textOf = (name: string) => readFileSync(join(projectRoot, name), 'utf8');
const { version } = JSON.parse(textOf('package.json')) as { version: string };
const changelog = textOf('CHANGELOG.md');
const faults = releaseFaults({ listing: readListing(), version, changelog, tag });

for (const fault of faults) process.stdout.write(`${fault}\n`);
if (faults.length > 0) process.exitCode = 1;
else {
  const channel = channelOf(version);
  process.stdout.write(`${version} is ready for the ${channel} channel.\n`);
  if (process.env.GITHUB_OUTPUT) appendFileSync(process.env.GITHUB_OUTPUT, `channel=${channel}\n`);
  if (notes !== undefined) writeFileSync(notes, `${notesOf(changelog, version) ?? ''}\n`);
}
