import assert from 'node:assert/strict';
import tls from 'node:tls';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { GatewayError } from '../../../../src/core/quota/failure.ts';
import type { KeyRecord } from '../../../../src/core/quota/key.ts';
import type { UsageReport } from '../../../../src/core/usage/usageReport.ts';
import { needsKeyInUrl } from '../../../../src/gateways/newApi/needsKeyInUrl.ts';
import { queryUsage } from '../../../../src/services/usage/usageQuery.ts';
import { failureText } from '../../../../src/text/failure.ts';
import type { CommandParts } from '../../../../src/vscode/commands/commandParts.ts';
import type { VersionName } from '../../../sampleGateways/newApi/version.ts';
import { runCommand } from '../../support/runCommand.ts';
import { TestSetup } from '../../support/testSetup.ts';
import { vscodeStub } from '../../support/vscodeStub.ts';
import { JUNE, june, spend, TEAM } from '../fixture.ts';

describe('a site that reads a key’s log for a key in the URL', () => {
  for (const [version, wants] of [
    ['v0.6.3', true],
    ['v0.9.25', true],
    ['0.10.7', true],
    ['v0.10.7-alpha.2', true],
    ['v0.10.8', false],
    ['v0.10.9', false],
    ['v0.12.0', false],
    ['v1.0.0-rc.24', false],
    ['v0.0.0', false],
    ['', false],
    ['latest', false],
    [undefined, false],
  ] as const) {
    it(`${version} ${wants ? 'does' : 'does not'}`, () => assert.equal(needsKeyInUrl({ version }), wants));
  }

  it('is none of One API or one-hub, whose versions are others', () => {
    for (const lineage of ['oneApi', 'oneHub'] as const)
      assert.equal(needsKeyInUrl({ version: 'v0.6.10', lineage }), false);
  });
});

describe('a key’s log by the key in the URL', () => {
  const usual = tls.getCACertificates('default');
  let setup: TestSetup;
  let key: KeyRecord;

  afterEach(async () => {
    tls.setDefaultCACertificates(usual);
    vscodeStub.person = {};
    await setup.close();
  });

  async function open(version: VersionName, isEncrypted = true): Promise<void> {
    setup = await TestSetup.open({ accounts: [TEAM], version, ...(isEncrypted && { tls: 'ownCa' }) });
    if (isEncrypted) tls.setDefaultCACertificates([...usual, setup.gateway.ca ?? '']);
    spend(setup.gateway);
    // Her log has all that she ever spent.
    Object.assign(setup.gateway.key('alice'), { used: 75_000 });
    await added();
  }

  async function added(): Promise<void> {
    const id = await setup.testWindow.keyService.add(setup.key('alice'));
    await setup.testWindow.refreshKey(id);
    key = setup.testWindow.keyService.findById(id) ?? assert.fail();
  }

  const ask = () => queryUsage(setup.testWindow, key, JUNE);
  const inUrl = () => setup.gateway.calls.filter(({ search }) => search.includes('key=')).length;
  const yes = () => setup.testWindow.keyService.letStandInUrl(key);

  it('is not asked for without a yes, and is not known', async () => {
    await open('v0.9.0');
    const { total, coverage } = await ask();
    assert.deepEqual([total, coverage.reason, inUrl()], [undefined, 'empty-log', 0]);
  });

  it('tells the rows after a yes, which outlasts another name and goes with the secret', async () => {
    await open('v0.9.0');
    await yes();
    const { total, coverage } = await ask();
    assert.deepEqual([total?.used, total?.requests, coverage.complete], [0.15, 2, true]);
    assert.equal(inUrl(), 1);
    await setup.testWindow.keyService.rename(key, 'Alice');
    // The log is read again for what is new.
    setup.clock.jump(3_600_000);
    assert.equal((await ask()).total?.used, 0.15);
    assert.equal(inUrl(), 2);
    await setup.testWindow.keyService.replaceSecret(key, setup.gateway.secret('bob'));
    setup.clock.jump(300_000);
    const before = setup.gateway.callsOf({ path: '/api/log/token' }).length;
    // The log of the new one tells nothing without another yes.
    const replaced = await ask();
    assert.equal(setup.gateway.callsOf({ path: '/api/log/token' }).length, before + 1);
    assert.deepEqual([replaced.coverage.complete, replaced.coverage.reason], [false, 'other-secret']);
    assert.equal(inUrl(), 2);
  });

  it('needs another yes after the key was removed and added again', async () => {
    await open('v0.9.0');
    await yes();
    await setup.testWindow.keyService.remove(key);
    await added();
    assert.equal((await ask()).coverage.reason, 'empty-log');
    assert.equal(inUrl(), 0);
  });

  for (const [what, version, isEncrypted] of [
    ['over plain http', 'v0.9.0', false],
    ['of a version that reads the header', 'v1.0.0-rc.24', true],
  ] as const) {
    it(`is never asked for ${what}, whatever was said`, async () => {
      await open(version, isEncrypted);
      setup.gateway.setReply('GET /api/log/token', { status: 200, body: '{"success":true,"data":[]}' });
      await yes();
      assert.equal((await ask()).coverage.reason, 'empty-log');
      assert.equal(inUrl(), 0);
    });
  }

  for (const [scenario, says] of [
    ['db-500', /HTTP 500/],
    ['301-loop', /in a loop/],
    ['message-markup', /HTTP 401/],
  ] as const) {
    it(`puts neither key nor URL into a text where it fails by ${scenario}`, async () => {
      await open('v0.9.0');
      await yes();
      // The key in the header is not looked at, so that this is about the one in the URL alone.
      setup.gateway.setScenario('alice', scenario);
      const { message, note } = await ask().then(
        report => ({ message: undefined, note: report.note }),
        (error: unknown) => ({
          message: error instanceof GatewayError ? failureText(error.failure, key) : String(error),
          note: undefined,
        }),
      );
      assert.ok(inUrl() > 0);
      assert.match(message ?? note ?? '', says);
      const texts = JSON.stringify([
        message,
        note,
        setup.testWindow.logLines,
        setup.testWindow.monitor.snapshot,
      ]);
      assert.doesNotMatch(texts, /[?&]key=|log\/token/);
      assert.ok(!texts.includes(setup.gateway.secret('alice')));
    });
  }

  describe('is offered at the form', () => {
    const asked: string[] = [];
    beforeEach(() => {
      asked.length = 0;
    });

    async function form(answer: string | undefined): Promise<readonly UsageReport[]> {
      vscodeStub.person = {
        picked: (_title, labels) => labels.find(label => /This month|month/i.test(label)),
        asked: (message, detail) => {
          asked.push(`${message} ${detail}`);
          return answer;
        },
      };
      const { monitor, keyService, keyRequests, store } = setup.testWindow;
      const panels = { usage: { show: () => undefined } };
      const parts = { monitor, keyService, keyRequests, store, clock: setup.clock, panels };
      const command = runCommand(parts as unknown as CommandParts, 'keyQuota.queryUsage', key.id);
      return (await command) as readonly UsageReport[];
    }

    it('by a question that says where the key will stand, and after a yes never again', async () => {
      await open('v0.9.0');
      const [report] = await form('Put Key in URL');
      assert.equal(report?.total?.used, 0.15);
      assert.equal(asked.length, 1);
      assert.match(asked[0] ?? '', /in the URL\?.*access logs of the gateway and of any proxy/);
      const [again] = await form('Put Key in URL');
      assert.equal(again?.total?.used, 0.15);
      assert.equal(asked.length, 1);
    });

    it('and sends nothing after a no', async () => {
      await open('v0.9.0');
      const [report] = await form(undefined);
      assert.deepEqual([report?.total, inUrl(), asked.length], [undefined, 0, 1]);
    });

    it('once, and not again after a yes though the log stays empty', async () => {
      await open('v0.9.0');
      await yes();
      setup.gateway.setReply('GET /api/log/token', { status: 200, body: '{"success":true,"data":[]}' });
      await form('Put Key in URL');
      assert.deepEqual([asked, inUrl()], [[], 1]);
    });

    it('only where needed: not where an old version shows rows to the key in the header', async () => {
      await open('v0.9.0');
      const row = { created_at: june(10), type: 2, quota: 50_000, model_name: 'm', token_name: 'alice' };
      const body = JSON.stringify({ success: true, message: '', data: [row] });
      setup.gateway.setReply('GET /api/log/token', { status: 200, body });
      assert.equal((await form('Put Key in URL'))[0]?.total?.used, 0.1);
      assert.deepEqual([asked, inUrl()], [[], 0]);
    });

    it('only where the log is empty, and not where it was read', async () => {
      await open('v1.0.0-rc.24');
      assert.equal((await form('Put Key in URL'))[0]?.total?.used, 0.15);
      assert.deepEqual([asked, inUrl()], [[], 0]);
    });

    it('never over plain http', async () => {
      await open('v0.9.0', false);
      await form('Put Key in URL');
      assert.deepEqual([asked, inUrl()], [[], 0]);
    });

    it('never for a command by argument', async () => {
      await open('v0.9.0');
      vscodeStub.person = { asked: message => void asked.push(message) as undefined };
      await setup.run('queryUsage', { key: key.id, from: '2026-06-01', to: '2026-06-15' });
      assert.deepEqual([asked, inUrl()], [[], 0]);
    });
  });
});
