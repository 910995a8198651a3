import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { UnitOverride } from '../../../src/core/quota/unit.ts';
import { gateways } from '../../../src/gateways/registry.ts';
import { figureText } from '../../../src/text/keyFigure.ts';
import { keyState } from '../support/samples.ts';

const BODIES: Readonly<Record<string, unknown>> = {
  moonshot: { code: 0, data: { available_balance: 12.5 }, scode: '0x0', status: true },
  siliconFlow: { code: 20_000, status: true, data: { totalBalance: '12.50' } },
};

async function figureAt(kind: string, baseUrl: string | undefined, unitOverride?: UnitOverride) {
  const gateway = gateways.find(each => each.kind === kind) ?? assert.fail();
  const answer = { status: 200, headers: new Headers(), text: JSON.stringify(BODIES[kind]) };
  const reading = await gateway.readQuota({
    sendRequest: async () => answer,
    credential: 'apiKey',
    baseUrl,
    unitOverride,
    now: () => Date.UTC(2026, 5, 15, 12),
  });
  return figureText(keyState({ reading }));
}

describe('the currency of a gateway whose answers do not name it', () => {
  for (const [kind, baseUrl, figure] of [
    // Documented.
    ['moonshot', 'https://api.moonshot.cn', '¥12.50'],
    ['moonshot', 'https://api.moonshot.ai', '≈ $12.50'],
    ['siliconFlow', 'https://api.siliconflow.cn', '≈ ¥12.50'],
    ['siliconFlow', 'https://api.siliconflow.com', '≈ $12.50'],
    ['siliconFlow', 'https://relay.example', '12.5 units'],
    ['siliconFlow', undefined, '12.5 units'],
  ] as const) {
    it(`${kind} at ${baseUrl}: ${figure}`, async () => assert.equal(await figureAt(kind, baseUrl), figure));
  }

  it('is what the user says, where that is a currency', async () => {
    const of = (unit: UnitOverride['unit']) =>
      figureAt('siliconFlow', 'https://api.siliconflow.cn', { unit });
    assert.deepEqual(await Promise.all([of('USD'), of('CNY')]), ['$12.50', '¥12.50']);
    assert.deepEqual(await Promise.all([of('auto'), of('units')]), ['≈ ¥12.50', '≈ ¥12.50']);
  });
});
