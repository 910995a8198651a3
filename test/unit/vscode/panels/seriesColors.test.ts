import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { seriesIdsOf } from '../../../../src/core/panels/seriesSlots.ts';
import { SeriesColors } from '../../../../src/vscode/panels/seriesColors.ts';
import { report } from '../../webview/usageReports.ts';

/** What VS Code keeps for all windows. */
function memory() {
  const kept = new Map<string, unknown>();
  const globalState = {
    get: (name: string) => kept.get(name),
    update: async (name: string, value: unknown) => {
      kept.set(name, structuredClone(value));
    },
  };
  return { kept, globalState };
}
const models = (colors: SeriesColors, ...names: readonly string[]) =>
  colors.slotsOf({ keys: [], models: names }).models.map(([, slot]) => slot);

describe('the colors of keys and models', () => {
  it('are given away in the order in which they are seen, and stay over ranges', () => {
    const colors = new SeriesColors(memory());
    assert.deepEqual(models(colors, 'gpt', 'claude'), [0, 1]);
    assert.deepEqual(models(colors, 'gemini', 'claude', 'gpt', 'qwen'), [2, 1, 0, 3]);
    assert.deepEqual(models(colors, 'gpt', '__proto__', 'constructor', '__proto__'), [0, 4, 5, 4]);
  });

  it('are the same after a reload and in another window', () => {
    const shared = memory();
    const [first, second] = [new SeriesColors(shared), new SeriesColors(shared)];
    assert.deepEqual(models(first, 'gpt'), [0]);
    assert.deepEqual(models(second, 'claude', 'gpt'), [1, 0]);
    assert.deepEqual(models(first, 'qwen', 'claude'), [2, 1]);
    assert.deepEqual(models(new SeriesColors(shared), 'qwen'), [2]);
  });

  it('are those of keys apart from those of models', () => {
    const colors = new SeriesColors(memory());
    const slots = colors.slotsOf({ keys: ['a', 'b'], models: ['b'] });
    assert.deepEqual(slots, {
      keys: [
        ['a', 0],
        ['b', 1],
      ],
      models: [['b', 0]],
    });
  });

  it('are kept without a name, and nothing else is taken for them', () => {
    const shared = memory();
    models(new SeriesColors(shared), 'secret-project');
    assert.doesNotMatch(JSON.stringify([...shared.kept]), /secret/);
    for (const wrong of ['text', [1, 2], { length: 1 }]) {
      shared.kept.set('colors.models', wrong);
      assert.deepEqual(models(new SeriesColors(shared), 'gpt', 'claude'), [0, 1]);
    }
  });

  it('are by name for what comes after 500 others, and nothing is kept of it', () => {
    const shared = memory();
    const colors = new SeriesColors(shared);
    const many = Array.from({ length: 500 }, (_, index) => `model-${index}`);
    assert.equal(models(colors, ...many).at(-1), 499);
    const [slot = -1] = models(colors, 'one-more');
    assert.ok(slot >= 0 && slot < 500);
    assert.deepEqual(models(colors, 'another', 'one-more').at(-1), slot);
    assert.equal((shared.kept.get('colors.models') as string[]).length, 500);
  });
});

describe('the keys and models of reports', () => {
  it('are in the order of what they spent, an account’s keys by the gateway’s names', () => {
    const cells = [
      { at: '2026-06-01', key: 'cline', model: 'gpt', used: 1 },
      { at: '2026-06-02', key: 'roo', model: 'claude', used: 1.5 },
      { at: '2026-06-02', key: 'cline', model: 'gpt', used: 2 },
      { at: '2026-06-02', key: 'cline', used: 1 },
    ];
    const mine = { scope: { key: 'Mine' }, keyId: 'mine' };
    assert.deepEqual(
      seriesIdsOf([
        report({ timeline: { step: 'day', cells } }),
        report({ ...mine, total: { used: 3 } }),
        report({ ...mine, keyId: 'other', timeline: { step: 'day', cells: cells.slice(0, 1) } }),
      ]),
      { keys: ['team\ncline', 'mine', 'team\nroo', 'other'], models: ['gpt', 'claude'] },
    );
  });
});
