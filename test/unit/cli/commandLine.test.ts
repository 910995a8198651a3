import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { runCommandLine } from '../../../src/cli/commandLine.ts';
import { captured } from '../support/captured.ts';

describe('the command line', () => {
  it('without arguments says what there is', async () => {
    const { code, stdout } = await captured(() => runCommandLine([]));
    assert.equal(code, 0);
    assert.match(stdout, /^key-quota COMMAND --help/m);
  });

  it('says how a command is called', async () => {
    const { code, stdout } = await captured(() => runCommandLine(['check', '--help']));
    assert.equal(code, 0);
    assert.match(stdout, /^key-quota check KEY-QUOTA\.JSON \[--behind-tls\]$/m);
  });

  for (const [args, sentence] of [
    [['poll'], 'There is no command “poll”.'],
    [['--verbose'], "Unknown option '--verbose'"],
    [['check'], '“check” takes one file.'],
    [['check', '--loud', 'x.json'], "Unknown option '--loud'"],
  ] as const)
    it(`refuses ${JSON.stringify(args)} with a sentence and its own exit code`, async () => {
      const { code, stdout, stderr } = await captured(() => runCommandLine(args));
      assert.deepEqual([code, stdout], [2, '']);
      assert.ok(stderr.startsWith(sentence), stderr);
      assert.ok(stderr.endsWith('Try: key-quota --help\n'), stderr);
    });
});
