import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { after, before, describe, it } from 'mocha';
import type { Gateway } from '../../../src/gateways/gateway.ts';
import { bindClient } from '../../../src/http/boundClient.ts';
import { sendByDefault } from '../../../src/http/send.ts';
import { createTransport } from '../../../src/http/transport.ts';
import { type SampleGateway, startSampleGateway } from '../../sampleGateways/server.ts';
import { plainJson, type Reply } from '../../sampleGateways/wire/reply.ts';
import { removeTempFolders, tempFolder } from '../support/folders.ts';
import { NOW } from '../support/samples.ts';

const ROOT = join(import.meta.dirname, '../../..');

/** The first piece of code in docs/adding-a-gateway.md, put where it does not lie among the real kinds. */
async function writtenKind(): Promise<Gateway> {
  const code =
    /```ts\n([\s\S]+?)```/.exec(readFileSync(join(ROOT, 'docs/adding-a-gateway.md'), 'utf8'))?.[1] ?? '';
  const moved = code
    .replaceAll("'../../", `'${pathToFileURL(join(ROOT, 'src/'))}`)
    .replaceAll("'../", `'${pathToFileURL(join(ROOT, 'src/gateways/'))}`)
    .replace("'valibot'", `'${import.meta.resolve('valibot')}'`);
  const file = join(tempFolder(), 'plainMeter.ts');
  writeFileSync(file, moved);
  return ((await import(pathToFileURL(file).href)) as { plainMeter: Gateway }).plainMeter;
}

describe('the gateway that docs/adding-a-gateway.md walks through', () => {
  let server: SampleGateway;
  let kind: Gateway;
  before(async () => {
    server = await startSampleGateway({ scenarios: { it: {} } });
    kind = await writtenKind();
  });
  after(async () => {
    await server.close();
    removeTempFolders();
  });

  const read = (reply: Reply) => {
    server.setReply('GET /v2/meter', reply);
    const bound = { secret: server.secret('it'), baseUrl: server.origin, credential: 'apiKey' } as const;
    const transport = createTransport(
      () => sendByDefault,
      () => ({ timeoutMs: 5000, maxBytes: 100_000 }),
    );
    const booked: string[] = [];
    const sendRequest = bindClient(transport, bound, limiter => void booked.push(limiter));
    return kind.readQuota({ sendRequest, credential: 'apiKey', now: () => NOW }).finally(() => {
      assert.deepEqual(booked, ['meter']);
    });
  };

  it('reads the answer as the text says', async () => {
    const wire = { left: 12.5, of: 20, ends: '2100-01-01T00:00:00Z' };
    assert.deepEqual(await read(plainJson(200, wire)), {
      takenAt: '2026-06-15T12:00:00.000Z',
      unit: { code: 'USD', source: 'gateway' },
      quota: { unlimited: false, remaining: 12.5, granted: 20 },
      expiresAt: '2100-01-01T00:00:00.000Z',
    });
    assert.equal(server.callsOf({ path: '/v2/meter' })[0]?.key, 'it');
  });

  it('takes text for numbers and does without what need not be there', async () => {
    const { quota, expiresAt } = await read(plainJson(200, { left: '0.25', of: null }));
    assert.deepEqual([quota?.remaining, quota?.granted, expiresAt], [0.25, undefined, undefined]);
  });

  for (const [name, reply, failure] of [
    ['a figure that is missing', plainJson(200, { of: 20 }), /unexpected: missing-figures/],
    ['a figure that is null', plainJson(200, { left: null }), /unexpected: missing-figures/],
    ['a wrong key', plainJson(401, { error: 'unknown key' }), /bad-key: refused-key/],
    [
      'a refusal that is not the gateway’s own',
      plainJson(401, { error: 'no' }),
      /transient: unknown-refusal/,
    ],
    ['a page', { status: 200, body: '<!doctype html>' }, /unexpected: html/],
    ['trouble', plainJson(502, {}), /transient: server-error/],
  ] as const) {
    it(`${name} is ${failure.source}`, () => assert.rejects(read(reply), failure));
  }

  it('is added by one line to the list of kinds', () => {
    const registry = readFileSync(join(ROOT, 'src/gateways/registry.ts'), 'utf8');
    const begin = /export const gateways.+\n {2}\w+,\n/.exec(registry)?.[0] ?? assert.fail();
    const text = readFileSync(join(ROOT, 'docs/adding-a-gateway.md'), 'utf8');
    assert.ok(text.includes(`${begin}  // …\n  plainMeter,\n];\n`));
  });
});
