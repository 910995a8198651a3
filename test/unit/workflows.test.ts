import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
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
      const [top, ...ofJobs] = text.match(/^ *permissions:(?:\n +(?!steps).+)*/gm) ?? [];
      assert.equal(top, 'permissions:\n  contents: read', file);
      assert.doesNotMatch(text, /pull_request_target/, file);
      if (basename(file) !== 'release.yml') {
        assert.deepEqual(ofJobs, [], file);
        assert.doesNotMatch(text, /secrets\./, file);
      }
      const checkouts = text.match(/uses: actions\/checkout@/g)?.length;
      assert.equal(text.match(/persist-credentials: false/g)?.length, checkouts, file);
    }
  });

  it('that release run for tags alone, and give each right and token to the one job or step that needs it', () => {
    const text = workflows.find(({ file }) => basename(file) === 'release.yml')?.text ?? '';
    assert.match(text, /^on:\n {2}push:\n {4}tags: \['v\*'\]\n\n/m);
    const [, packaging = '', publishing = ''] = text.split(/^ {2}(?:package|publish):$/m);
    const rights = (job: string) => [...job.matchAll(/^ {6}([\w-]+: write)$/gm)].map(([, right]) => right);
    assert.deepEqual(rights(packaging), ['id-token: write', 'attestations: write']);
    assert.deepEqual(rights(publishing), ['contents: write']);
    assert.doesNotMatch(packaging, /secrets\./);
    assert.match(publishing, /^ {4}environment: release$/m);
    for (const name of ['VSCE_PAT', 'OVSX_PAT'])
      assert.equal(text.split(`secrets.${name}`).length, 2, `${name} is in one step`);
    // Nothing is published that was not checked, attested and recognized again.
    const order = ['check:release', 'run: npm run check', 'run: npm run package', 'attest-build-provenance'];
    const places = [...order, 'gh attestation verify', 'vsce publish', '/api/-/publish', 'gh release create'];
    const found = places.map(place => text.indexOf(place));
    assert.ok(found.every(at => at > 0));
    assert.deepEqual(
      found,
      found.toSorted((a, b) => a - b),
    );
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
