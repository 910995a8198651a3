import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { UsageReport } from '../../../src/core/usage/usageReport.ts';
import { redactor } from '../../../src/redaction/redactor.ts';
import { reportsCsv } from '../../../src/text/exports/reportCsv.ts';
import { reportsJson } from '../../../src/text/exports/reportJson.ts';
import { reportsMarkdown } from '../../../src/text/exports/reportMarkdown.ts';
import { treeNodes } from '../../../src/vscode/tree/treeNodes.ts';
import { tooltipMarkdown } from '../../../src/vscode/views/tooltip.ts';
import { json } from '../../sampleGateways/wire/reply.ts';
import { removeTempFolders, tempFolder } from '../support/folders.ts';
import { TestSetup } from '../support/testSetup.ts';

/** How a gateway, or someone in front of it, may send a key back that it was asked with. */
const ECHOES: Readonly<Record<string, (secret: string) => string>> = {
  'as it is': secret => secret,
  'in an address': secret => `https://gw.example/?key=${secret}`,
  'URL-encoded': secret => secret.replace(/[\s\S]/g, sign => `%${sign.charCodeAt(0).toString(16)}`),
  'in base64': secret => Buffer.from(`x:${secret}`).toString('base64'),
  'in part': secret => `…${secret.slice(10, 30)}…`,
  'in hexadecimal': secret => Buffer.from(`x:${secret}`).toString('hex'),
  'in a dump': secret => Buffer.from(secret).toString('hex').replace(/../g, '$& ').toUpperCase(),
  'in escapes of JSON': secret => escaped(secret, number => `\\u00${number}`),
  'in escapes of HTML': secret => escaped(secret, number => `&#${Number.parseInt(number, 16)};`),
  'in JSON': secret => JSON.stringify({ authorization: `Bearer ${secret}` }),
};

function escaped(secret: string, write: (hex: string) => string): string {
  return [...Buffer.from(secret)].map(byte => write(byte.toString(16))).join('');
}

/** What of a secret may nowhere be found. */
function traces(secret: string): string[] {
  return [
    'CANARY',
    secret.slice(12, 20),
    Buffer.from(`x:${secret}`).toString('base64').slice(12, 40),
    Buffer.from(secret).toString('hex').slice(20, 40),
    Buffer.from(secret).toString('hex').replace(/../g, '$& ').toUpperCase().slice(20, 40),
    escaped(secret, number => `\\u00${number}`).slice(36, 66),
    escaped(secret, number => `&#${Number.parseInt(number, 16)};`).slice(36, 66),
    secret.replace(/[\s\S]/g, sign => `%${sign.charCodeAt(0).toString(16)}`).slice(30, 60),
  ];
}

const BILLING = ['/v1/dashboard/billing/subscription', '/dashboard/billing/subscription'];

describe('a gateway that sends the key back', () => {
  let setup: TestSetup;
  let folder: string;

  beforeEach(async () => {
    folder = tempFolder();
    setup = await TestSetup.open({}, { folder });
    await setup.testWindow.monitor.start();
  });

  afterEach(async () => {
    await setup.close();
    removeTempFolders();
  });

  const assertNowhere = (secret: string, ...texts: string[]) => {
    const { testWindow } = setup;
    const keys = testWindow.monitor.snapshot;
    const everything = [
      ...texts,
      JSON.stringify(keys),
      JSON.stringify(treeNodes(keys, setup.clock.now())),
      tooltipMarkdown(keys, setup.clock.now()),
      testWindow.logLines.join('\n'),
      ...readdirSync(folder).map(name => readFileSync(join(folder, name), 'latin1')),
    ];
    for (const text of everything) {
      for (const trace of traces(secret))
        assert.ok(!text.includes(trace), `${trace} in ${text.slice(0, 2000)}`);
    }
  };

  for (const [how, echo] of Object.entries(ECHOES)) {
    it(`${how}, as names and models, puts it nowhere`, async () => {
      const secret = setup.gateway.secret('ok');
      const words = echo(secret);
      setup.gateway.status.system_name = words;
      setup.gateway.status.version = words;
      setup.gateway.setReply(
        'GET /api/usage/token/',
        json(200, {
          code: true,
          data: {
            name: words,
            total_granted: 1000,
            total_used: 0,
            total_available: 1000,
            model_limits_enabled: true,
            model_limits: { [words]: true, 'gpt-4.1': true },
          },
          message: words,
        }),
      );
      const id = await setup.testWindow.keyService.add(setup.key('ok'));
      const state = await setup.testWindow.refreshKey(id);
      assert.equal(state.status, 'ok');
      assert.ok(state.reading?.models?.includes('gpt-4.1'));
      assert.match(JSON.stringify(state.reading), /‹secret›/);
      assertNowhere(secret, JSON.stringify(await setup.testWindow.keyService.checkDraft(setup.key('ok'))));
    });

    it(`${how}, as the words of a refusal, puts it nowhere`, async () => {
      const secret = setup.gateway.secret('ok');
      for (const status of [400, 401, 402, 403, 418, 200]) {
        setup.gateway.setReply(
          'GET /api/usage/token/',
          json(status, { success: false, error: { message: echo(secret), code: echo(secret) } }),
        );
        const id = await setup.testWindow.keyService.add(
          setup.key('ok', { label: `refused with ${status}` }),
        );
        await setup.testWindow.refreshKey(id);
      }
      assertNowhere(secret);
    });

    it(`${how}, in the rows of a log, puts it nowhere`, async () => {
      const secret = setup.gateway.secret('ok');
      const words = echo(secret);
      const row = { created_at: Math.floor(setup.clock.now() / 1000) - 60, type: 2, quota: 500 };
      setup.gateway.setReply(
        'GET /api/log/token',
        json(200, {
          success: true,
          data: [{ ...row, token_name: words, model_name: words, content: words }],
        }),
      );
      const key = await setup.add(setup.key('ok'));
      const day = new Date(setup.clock.now()).toISOString().slice(0, 10);
      const report = (await setup.run('queryUsage', { key: key.id, from: day, to: day })) as UsageReport;
      assert.equal(report.byModel?.length, 1);
      const reports = [report];
      assertNowhere(secret, reportsCsv(reports), reportsJson(reports), reportsMarkdown('Usage', reports));
    });
  }

  it('as the host of a redirect puts it nowhere', async () => {
    const secret = setup.gateway.secret('ok');
    for (const host of [`${secret.slice(0, 40)}.example`, `${secret.slice(12, 40)}.example`]) {
      // All of a gateway that has moved: a single path may only be one that it does not have.
      for (const path of ['/api/usage/token/', ...BILLING]) {
        const headers = { Location: `https://${host}/${secret}` };
        setup.gateway.setReply(`GET ${path}`, { status: 301, headers });
      }
      const id = await setup.testWindow.keyService.add(setup.key('ok', { label: 'sent on' }));
      const { failure } = await setup.testWindow.refreshKey(id);
      assert.match(failure?.message ?? '', /redirects “sent on” to/);
      // A host is in small letters.
      assert.ok(!JSON.stringify(setup.testWindow.monitor.snapshot).toLowerCase().includes('canary'));
      assertNowhere(secret);
    }
  });

  it('a name that holds the key itself is refused, however it gets there', async () => {
    const secret = setup.gateway.secret('ok');
    for (const label of [secret, `my ${secret}`, secret.slice(0, 20)]) {
      await assert.rejects(
        setup.testWindow.keyService.add(setup.key('ok', { label })),
        /must not contain the key itself/,
      );
    }
    const id = await setup.testWindow.keyService.add(setup.key('ok'));
    const record = setup.testWindow.keyService.findById(id) ?? assert.fail();
    await assert.rejects(
      setup.testWindow.keyService.rename(record, secret),
      /must not contain the key itself/,
    );
    assertNowhere(secret);
  });

  it('what is thrown by a command is redacted, and so is what it returns', async () => {
    const { redactResult } = await import('../../../src/vscode/commands/redactResult.ts');
    const secret = setup.gateway.secret('ok');
    redactor.protect(secret);
    await assert.rejects(
      redactResult(async () => {
        throw new Error(`could not send ${secret}`, { cause: secret });
      }),
      (error: Error) =>
        error.message === 'could not send ‹secret›' && !String(error.stack).includes('CANARY'),
    );
    assert.deepEqual(await redactResult(async () => ({ a: [secret] })), { a: ['‹secret›'] });
  });

  it('what is returned by a command is a copy, with which its caller may do as it likes', async () => {
    const { redactResult } = await import('../../../src/vscode/commands/redactResult.ts');
    await setup.add(setup.key('ok', { label: 'ours' }));
    const returned = (await redactResult(async () => setup.testWindow.monitor.snapshot)) as {
      label: string;
    }[];
    for (const key of returned) key.label = 'theirs';
    returned.length = 0;
    assert.deepEqual(
      setup.testWindow.monitor.snapshot.map(({ label }) => label),
      ['ours'],
    );
  });
});
