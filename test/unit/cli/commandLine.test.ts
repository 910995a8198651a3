import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { runCommandLine } from '../../../src/cli/commandLine.ts';
import { version } from '../../../src/cli/version.ts';
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
    assert.match(
      stdout,
      /^key-quota check KEY-QUOTA\.JSON \[--behind-tls\]\n\n {2}Say what is wrong .+\.\n\n {2}--behind-tls {2}a proxy/,
    );
    for (const asked of [
      ['help', 'check'],
      ['check', '-h', 'x.json'],
    ])
      assert.equal((await captured(() => runCommandLine(asked))).stdout, stdout);
  });

  it('explains each option that it takes', async () => {
    for (const name of ['status', 'mcp', 'serve', 'check']) {
      const { stdout } = await captured(() => runCommandLine([name, '--help']));
      const [synopsis = '', , ...explained] = stdout.split('\n\n');
      for (const [option] of synopsis.matchAll(/--[a-z-]+/g))
        assert.match(explained.join('\n'), new RegExp(`^ {2}${option} `, 'm'));
    }
  });

  it('says its version wherever that is asked for', async () => {
    for (const asked of [['--version'], ['-V'], ['serve', '--version']])
      assert.equal((await captured(() => runCommandLine(asked))).stdout, `${version}\n`);
  });

  for (const [args, sentence, hint] of [
    [['poll'], 'There is no command “poll”.', '--help'],
    [['help', 'poll'], 'There is no command “poll”.', '--help'],
    [['--verbose'], 'There is no option “--verbose”.', '--help'],
    [['check'], '“check” takes one file: the configuration, key-quota.json.', 'check --help'],
    [['check', '--loud', 'x.json'], 'There is no option “--loud”.', 'check --help'],
    [['check', '--behind-tls=no', 'x.json'], '“--behind-tls” takes no value.', 'check --help'],
    [['status', '--server'], '“--server” needs a value.', 'status --help'],
    [['status', '--server', '--json'], '“--server” needs a value.', 'status --help'],
    [['mcp', 'now'], '“now” is an argument too many.', 'mcp --help'],
  ] as const)
    it(`refuses ${JSON.stringify(args)} with a sentence and its own exit code`, async () => {
      const { code, stdout, stderr } = await captured(() => runCommandLine(args));
      assert.deepEqual([code, stdout, stderr], [2, '', `${sentence}\nTry: key-quota ${hint}\n`]);
    });
});
