import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { claudeCodeHub } from '../../../src/gateways/claudeCodeHub/claudeCodeHub.ts';
import { captured, capturedAnswer } from '../../replay/capturedServer.ts';

const { body } = captured('claude-code-hub-0.9.2', 'me-stats-summary');

describe('a range at a real claude-code-hub', () => {
  const read = async (more: object) => {
    const usage = await claudeCodeHub.readUsage?.(
      {
        sendRequest: async () => ({
          status: 200,
          headers: new Headers(),
          text: JSON.stringify({ ...(body as object), ...more }),
        }),
        credential: 'apiKey',
        baseUrl: 'https://hub.example',
        now: () => Date.parse('2026-11-29T06:00:00Z'),
      },
      { from: Date.parse('2026-11-01T00:00:00Z'), to: Date.parse('2026-11-30T23:59:59Z') },
    );
    const { total, byModel, coverage } = usage ?? assert.fail();
    return { total, models: byModel?.map(({ name, used }) => [name, used]), ...coverage };
  };

  it('is told by model, for the key alone', async () => {
    const { total, models, complete, reason } = await read({});
    assert.deepEqual(
      { total, models, complete, reason },
      {
        total: { used: 0.063, requests: 2, tokens: 5000 },
        models: [
          ['claude-sonnet-4-5-20250929', 0.033],
          ['claude-opus-4-5-20251101', 0.03],
        ],
        complete: true,
        reason: 'gateway-days',
      },
    );
  });

  it('is not whole where its sum is another than that of its models', async () => {
    const { complete, reason } = await read({ totalCost: 0.1 });
    assert.deepEqual([complete, reason], [false, 'contradicted']);
  });

  it('is not whole where a model’s cost cannot be read, of which nothing is called 0', async () => {
    const row = { model: 'm', requests: 1 };
    for (const cost of [-1, 'much', null, undefined, 999_999_999]) {
      const { total, complete, reason } = await read({
        keyModelBreakdown: [
          { ...row, cost: 0.5 },
          { ...row, cost },
        ],
      });
      assert.deepEqual([total?.used, complete, reason], [0.5, false, 'unreadable-rows']);
    }
  });

  it('is nothing by an empty list with its sum, and not known without', async () => {
    const empty = await read({ keyModelBreakdown: [], totalCost: 0 });
    assert.deepEqual([empty.total?.used, empty.complete], [0, true]);
    for (const totalCost of [null, 'none', undefined])
      await assert.rejects(read({ keyModelBreakdown: [], totalCost }), /missing-figures/);
  });

  it('is refused where there is no list at all', async () => {
    await assert.rejects(read({ keyModelBreakdown: null }), /missing-figures/);
  });
});

describe('recognizing a real claude-code-hub', () => {
  const recognizes = (more: object) =>
    claudeCodeHub.probe?.recognizes({
      ...capturedAnswer('claude-code-hub-0.9.2', 'anon-api-v1-unknown'),
      ...more,
    });

  it('goes by all that an unknown path brings', async () => {
    assert.equal(await recognizes({}), true);
    // Other software of the same framework answers so.
    assert.equal(await recognizes({ headers: new Headers() }), false);
    assert.equal(await recognizes({ status: 200 }), false);
    assert.equal(await recognizes({ text: '404 page not found' }), false);
  });
});
