import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { type SampleGateway, startSampleGateway } from '../../../../sampleGateways/server.ts';
import { CommandSetup } from '../../../support/commandSetup.ts';
import { runCommand } from '../../../support/runCommand.ts';
import { vscodeStub } from '../../../support/vscodeStub.ts';

describe('pausing and resuming the checks of a key by command', () => {
  let gateway: SampleGateway;
  let setup: CommandSetup;
  let id: string;

  const pausedAt = () => setup.parts.keyService.findById(id)?.pausedAt;
  const run = (
    command: 'keyQuota.pauseKey' | 'keyQuota.resumeKey' | 'keyQuota.refresh',
    argument?: unknown,
  ) => runCommand(setup.parts, command, argument);
  const callsDuring = async (work: () => Promise<unknown>) => {
    const before = gateway.calls.length;
    await work();
    return gateway.calls.slice(before).filter(({ key }) => key === 'ok').length;
  };

  beforeEach(async () => {
    gateway = await startSampleGateway();
    setup = await CommandSetup.open();
    await setup.testWindow.monitor.start();
    id = await setup.testWindow.addKey(gateway, 'ok');
    await setup.testWindow.monitor.idle();
    Object.assign(vscodeStub, { person: {}, shown: [] });
  });

  afterEach(async () => {
    vscodeStub.person = {};
    await setup.close();
    await gateway.close();
  });

  for (const [what, argument] of [
    ['id', () => id],
    ['member', () => ({ id })],
    ['tree line', () => ({ keyId: id })],
  ] as const) {
    it(`takes the key as ${what}`, async () => {
      await run('keyQuota.pauseKey', argument());
      assert.ok(pausedAt());
      await run('keyQuota.resumeKey', argument());
      assert.equal(pausedAt(), undefined);
    });
  }

  it('keeps the time since when a key is paused, and leaves one that is not as it is', async () => {
    await run('keyQuota.pauseKey', id);
    const since = pausedAt();
    await run('keyQuota.pauseKey', id);
    assert.equal(pausedAt(), since);
    await run('keyQuota.resumeKey', id);
    await setup.testWindow.monitor.idle();
    const before = setup.testWindow.store.states.stateOf(id)?.dueAt;
    await run('keyQuota.resumeKey', id);
    assert.equal(setup.testWindow.store.states.stateOf(id)?.dueAt, before);
  });

  it('refuses a key that nobody has', async () => {
    await assert.rejects(run('keyQuota.pauseKey', 'nobody'), /There is no key with the ID nobody/);
  });

  it('says so where no key can be resumed, or paused', async () => {
    await run('keyQuota.resumeKey');
    assert.equal(vscodeStub.shown[0], 'No key’s checks are paused.');
    await run('keyQuota.pauseKey', id);
    vscodeStub.shown = [];
    await run('keyQuota.pauseKey');
    assert.equal(vscodeStub.shown[0], 'The checks of all keys are already paused.');
  });

  it('does not offer to pay for a test with a paused key', async () => {
    const draft = { label: 'Comet', kind: 'cometApi', baseUrl: gateway.origin } as const;
    const { keyService } = setup.parts;
    id = await keyService.add({ ...draft, credential: 'apiKey', secret: gateway.secret('low') });
    const queryKey = await keyService.add({ ...draft, credential: 'queryKey', secret: gateway.secret('ok') });
    const isAsked = async () => {
      vscodeStub.shown = [];
      // What the gateway, which is another, says to the test is of no interest.
      await runCommand(setup.parts, 'keyQuota.verifyGateway', { keyId: queryKey }).catch(() => undefined);
      return vscodeStub.shown.includes('Include two completions in the test?');
    };
    assert.equal(await isAsked(), true);
    await run('keyQuota.pauseKey', id);
    assert.equal(await isAsked(), false);
  });

  it('leaves the paused key to a refresh of itself', async () => {
    await run('keyQuota.pauseKey', id);
    assert.equal(await callsDuring(() => run('keyQuota.refresh')), 0);
    assert.ok((await callsDuring(() => run('keyQuota.refresh', id))) > 0);
    assert.ok(pausedAt());
  });
});
