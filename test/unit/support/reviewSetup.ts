import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { june, TEAM } from '../gateways/fixture.ts';
import { tempFolder } from './folders.ts';
import { MemorySecrets } from './memorySecrets.ts';
import { TestSetup } from './testSetup.ts';

export const REVIEW_FILES = [
  'review.md',
  'review.html',
  'spend-by-day.svg',
  'usage.csv',
  'usage.json',
  'verification.md',
] as const;
export type ReviewFile = (typeof REVIEW_FILES)[number];

/**
 * A New API account with $10.00 whose week from 16 to 22 June is over and recorded:
 *
 * | June  | key   | model      | units     | USD  | requests | tokens    |
 * |-------|-------|------------|-----------|------|----------|-----------|
 * | 14    | alice | gpt-4.1    |    50 000 | 0.10 | 1        | 900 + 100 |
 * | 16–21 | alice | gpt-4.1    | 6× 50 000 | 0.60 | 6        | 6000      |
 * | 18    | bob   | midjourney |    75 000 | 0.15 | 1        | none      |
 * | 22    | alice | gpt-4.1    | 1 000 000 | 2.00 | 1        | 1000      |
 *
 * Its balance was read on the 15th at noon, $9.90, and on the 22nd at 23:00, $7.15. Now it is the 25th.
 */
export class ReviewSetup {
  readonly setup: TestSetup;
  readonly account: string;
  readonly key: string;

  private constructor(setup: TestSetup, account: string, key: string) {
    this.setup = setup;
    this.account = account;
    this.key = key;
  }

  static async open(): Promise<ReviewSetup> {
    const setup = await TestSetup.open(
      { accounts: [TEAM] },
      { folder: tempFolder(), storage: new MemorySecrets() },
    );
    const { gateway, testWindow } = setup;
    const work = (day: number, quota = 50_000) =>
      gateway.spend('alice', {
        at: june(day),
        model: 'gpt-4.1',
        quota,
        promptTokens: 900,
        completionTokens: 100,
      });
    work(14);
    const account = await testWindow.keyService.add(setup.account('team'));
    const key = await testWindow.keyService.add(setup.key('alice', { label: 'Alice' }));
    await testWindow.refreshKey(account);
    for (let day = 16; day <= 21; day++) work(day);
    gateway.spend('bob', { at: june(18), model: 'midjourney', quota: 75_000 });
    work(22, 1_000_000);
    setup.clock.jump(june(22, 23) * 1000 - setup.clock.now());
    await testWindow.refreshKey(account);
    setup.clock.jump(june(25) * 1000 - setup.clock.now());
    return new ReviewSetup(setup, account, key);
  }

  /** Creates the review of that week by argument, in a new folder unless one is named. A file that is not there is empty. */
  async review(more: Readonly<Record<string, unknown>> = {}): Promise<Record<ReviewFile, string>> {
    const folder = tempFolder();
    const order = { keys: [this.account], from: '2026-06-16', to: '2026-06-22', folder, ...more };
    await this.setup.run('createBudgetReview', order);
    // A review that lacks something says so in the names of its files.
    const there = new Set(await readdir(String(order.folder)));
    const nameOf = (name: ReviewFile) => {
      const incomplete = name.replace('.', '-incomplete.');
      return there.has(incomplete) ? incomplete : name;
    };
    const read = (name: ReviewFile) =>
      there.has(nameOf(name)) ? readFile(join(String(order.folder), nameOf(name)), 'utf8') : '';
    const texts = await Promise.all(REVIEW_FILES.map(async name => [name, await read(name)] as const));
    return Object.fromEntries(texts) as Record<ReviewFile, string>;
  }

  async close(): Promise<void> {
    await this.setup.close();
  }
}
