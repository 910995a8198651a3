import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { describe, it } from 'mocha';

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
const workflows = globSync('.github/workflows/*.yml').map(file => ({
  file,
  text: readFileSync(file, 'utf8'),
}));
const forms = globSync('.github/ISSUE_TEMPLATE/*.yml').filter(file => !file.endsWith('config.yml'));

describe('workflows', () => {
  it('pin every action by the hash of its commit, with the version beside it', () => {
    const uses = workflows.flatMap(({ text }) => text.match(/^\s*(?:- )?uses: .+$/gm) ?? []);
    assert.ok(uses.length > 0);
    for (const line of uses) assert.match(line, /uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    const versions = new Map<string, string>();
    for (const line of uses) {
      const [, action = '', pin = ''] = /uses: (\S+)@(.+)$/.exec(line) ?? [];
      assert.equal(versions.get(action) ?? pin, pin, `${action} has two versions`);
      versions.set(action, pin);
    }
  });

  it('may read the code and nothing else, and keep no credentials', () => {
    for (const { file, text } of workflows) {
      assert.deepEqual(text.match(/^ *permissions:(?:\n +.+)*/gm), ['permissions:\n  contents: read'], file);
      assert.doesNotMatch(text, /secrets\.|pull_request_target/, file);
      const checkouts = text.match(/uses: actions\/checkout@/g)?.length;
      assert.equal(text.match(/persist-credentials: false/g)?.length, checkouts, file);
    }
  });

  it('end: every job has a limit, and a newer push ends an older run', () => {
    for (const { file, text } of workflows) {
      const jobs = text.match(/^ {4}runs-on:/gm)?.length ?? 0;
      assert.ok(jobs > 0, file);
      assert.equal(text.match(/^ {4}timeout-minutes: \d+$/gm)?.length, jobs, file);
      assert.match(text, /^concurrency:$/m, file);
    }
  });

  it('run scripts that there are, and every test that there is', () => {
    const run = workflows.flatMap(({ text }) =>
      [...text.matchAll(/npm run ([\w:]+)/g)].map(([, name]) => name),
    );
    for (const name of run) assert.ok(name !== undefined && name in scripts, name);
    const tests = Object.keys(scripts).filter(name => name.startsWith('test:'));
    for (const name of ['check', 'package', ...tests]) assert.ok(run.includes(name), name);
  });
});

describe('forms for issues', () => {
  it('warn never to paste a key, and want it confirmed', () => {
    assert.equal(forms.length, 3);
    for (const file of forms) {
      const text = readFileSync(file, 'utf8');
      assert.match(text, /\*\*Never paste a key/, file);
      assert.match(text, /type: checkboxes\n {4}id: safe[\s\S]+required: true\n$/, file);
    }
  });
});
