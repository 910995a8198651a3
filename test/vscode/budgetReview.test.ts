import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addKey, keyShown, run } from './support/product.ts';
import { useGateway } from './support/sampleGateway.ts';

describe('a budget review in VS Code', () => {
  const gateway = useGateway();
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'key-quota-review-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('is six files, with what the gateway’s request log says', async () => {
    const { origin, secret, spend } = gateway();
    // Three requests of ten cents, today.
    for (let n = 0; n < 3; n++) spend('ok', { quota: 50_000, model: 'gpt-4.1' });
    const id = await addKey({ label: 'Cline', kind: 'newApi', origin, secret: secret('ok') });
    await keyShown(id, 'the new key has a figure');
    const now = Date.now();
    const order = { keys: [id], from: Math.floor(now / 1000) - 3600, to: Math.ceil(now / 1000), folder };
    const { files } = await run<{ files: string[] }>('createBudgetReview', order);
    const names = [
      'review.md',
      'review.html',
      'spend-by-day.svg',
      'usage.csv',
      'usage.json',
      'verification.md',
    ];
    assert.deepEqual(
      files,
      names.map(name => join(folder, name)),
    );
    assert.deepEqual((await readdir(folder)).sort(), names.toSorted());
    assert.match(await readFile(join(folder, 'review.md'), 'utf8'), /^\| Cline \| \$0\.30 \| – \| 3 \| /m);
    const { reports } = JSON.parse(await readFile(join(folder, 'usage.json'), 'utf8'));
    assert.equal(reports[0].total.used, 0.3);
  });

  it('is refused in a sentence where half of the range is missing', async () => {
    const { origin, secret } = gateway();
    const id = await addKey({ label: 'Cline', kind: 'newApi', origin, secret: secret('ok') });
    await assert.rejects(
      run('createBudgetReview', { keys: [id], from: '2026-06-01', folder }),
      /A range needs a start and an end/,
    );
    assert.deepEqual(await readdir(folder), []);
  });
});
