import { execFileSync } from 'node:child_process';

/** The last commit before subjects had to follow Conventional Commits. */
const SINCE = 'ed419b6';
const SUBJECT = /^(?:feat|fix|docs|style|refactor|perf|test|build|ci|chore|revert)(?:\([\w-]+\))?!?: \S/;
const MOST_CHARACTERS = 72;

const git = (...words: string[]) => execFileSync('git', words, { encoding: 'utf8' }).trim();

/** In a shallow clone the history may not reach that commit; then all commits are checked. */
function subjects(): string[] {
  try {
    return git('log', '--no-merges', '--format=%s', `${SINCE}..HEAD`).split('\n');
  } catch {
    return git('log', '--no-merges', '--format=%s', '-1').split('\n');
  }
}

const faults = subjects().filter(
  subject => subject !== '' && (!SUBJECT.test(subject) || subject.length > MOST_CHARACTERS),
);
for (const subject of faults)
  process.stdout.write(`no Conventional Commit of at most 72 characters: ${subject}\n`);
if (faults.length > 0) process.exitCode = 1;
