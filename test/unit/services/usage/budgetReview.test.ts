import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { GatewayError } from '../../../../src/core/quota/failure.ts';
import type { KeyRecord } from '../../../../src/core/quota/key.ts';
import type { KeyRequests } from '../../../../src/services/requests/keyRequests.ts';
import { createReview } from '../../../../src/services/usage/budgetReview.ts';
import { SqliteStore } from '../../../../src/store/store.ts';
import { removeTempFolders, tempFolder } from '../../support/folders.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { sectionUnder, tableUnder } from '../../support/markdownTables.ts';
import { DAY, HOUR, keyRecord, NOW } from '../../support/samples.ts';
import { SETTINGS } from '../../support/testWindow.ts';
import { useTimeZone } from '../../support/timeZone.ts';

const USD = { code: 'USD', source: 'gateway' } as const;
/** Midnight of 1 June 2026 in UTC, and five days from then on. */
const FIRST = Date.UTC(2026, 5, 1);
const RANGE = { from: FIRST, to: FIRST + 5 * DAY - 1 };

describe('a review by recorded readings alone', () => {
  useTimeZone('UTC');
  let store: SqliteStore;

  beforeEach(() => {
    store = new SqliteStore(tempFolder(), FIRST);
  });

  afterEach(() => {
    store.close();
    removeTempFolders();
  });

  function addKey(label: string, more: Partial<KeyRecord> = {}): KeyRecord {
    const key: KeyRecord = keyRecord(label, { baseUrl: 'https://a.example', createdAt: FIRST, ...more });
    store.transaction(() => store.keys.addKey(key));
    return key;
  }

  function look({ id }: KeyRecord, at: number, remaining: number): void {
    const reading = { takenAt: new Date(at).toISOString(), unit: USD };
    store.transaction(() => {
      store.history.appendReading(id, USD, { at, remaining }, at);
      store.states.saveState({ keyId: id, reading, failures: 0, checkedAt: at, dueAt: at });
    });
  }

  /** The review's text; no gateway answers. */
  async function review(...keys: readonly KeyRecord[]): Promise<string> {
    const refused = new GatewayError({ class: 'transient', reason: 'server-error' });
    const files = await createReview(
      {
        store,
        keyRequests: { run: () => Promise.reject(refused) } as unknown as KeyRequests,
        clock: new ManualClock(NOW),
        settings: () => SETTINGS,
      },
      { keys, range: RANGE, reviewer: 'Ada', idleKeys: [] },
      () => undefined,
      new AbortController().signal,
    );
    return [...files.values()][0] ?? '';
  }

  const balances = (text: string) => tableUnder(text, 'Opening and closing balance')[0]?.slice(1, 5);
  const timeText = (ms: number) =>
    new Date(ms).toLocaleString('en', { dateStyle: 'medium', timeStyle: 'short' }).replace(/\s/g, ' ');

  it('opens with a balance that was read in the moment in which the range begins', async () => {
    const key = addKey('team');
    look(key, FIRST, 10);
    look(key, FIRST + HOUR, 8);
    assert.deepEqual(balances(await review(key)), [
      '$10.00',
      timeText(FIRST),
      '$8.00',
      timeText(FIRST + HOUR),
    ]);
  });

  it('closes with a balance that was read last in that moment', async () => {
    const key = addKey('team');
    look(key, FIRST - HOUR, 10);
    look(key, FIRST, 10);
    assert.deepEqual(balances(await review(key)), ['$10.00', timeText(FIRST), '$10.00', timeText(FIRST)]);
  });

  it('compares with what the ledger knows of the period before, though nobody read the key then', async () => {
    const key = addKey('team');
    look(key, FIRST, 10);
    look(key, FIRST + HOUR, 8);
    // The five days before: 2,500,000 raw units on 29 May, and nothing else.
    const seconds = (at: number) => at / 1000;
    const spent = { keyName: '', model: 'm', requests: 1, promptTokens: 1, completionTokens: 1 };
    store.transaction(() =>
      store.ledger.takeIn(
        key.id,
        key.fingerprint,
        {
          source: 'keyLog',
          scale: { unit: USD, perUnit: 500_000 },
          records: [{ ...spent, at: seconds(FIRST - 3 * DAY), raw: 2_500_000 }],
          complete: { from: seconds(FIRST - 5 * DAY), to: seconds(FIRST) },
          unreadable: 0,
        },
        FIRST,
      ),
    );
    const summary = sectionUnder(await review(key), 'Summary').replaceAll('\\', '');
    assert.match(summary, /Period before \(May 27.+31, 2026\): \$5\.00/);
    assert.doesNotMatch(summary, /which is not all/);
  });

  describe('without a budget', () => {
    const limit = { scope: { of: 'currency' }, period: 'day', amount: 1.5, unit: { code: 'USD' } } as const;
    const limitLines = async (...keys: readonly KeyRecord[]) =>
      sectionUnder(await review(...keys), 'Summary')
        .replaceAll('\\', '')
        .split('\n')
        .filter(line => line.includes('pending limit'));

    /** Two keys that spent a dollar each on the first day and half a dollar on each other. */
    function spenders(): readonly [KeyRecord, KeyRecord] {
      const keys = [addKey('a'), addKey('b')] as const;
      for (const key of keys) {
        const spends = [{ at: FIRST + HOUR, raw: 500_000 }];
        for (let day = 1; day < 5; day++) spends.push({ at: FIRST + day * DAY + HOUR, raw: 250_000 });
        tell(key, spends);
        look(key, FIRST + 5 * DAY, 1);
      }
      return keys;
    }

    /** Takes what a key's log has of the range into the ledger. */
    function tell(key: KeyRecord, spends: readonly { readonly at: number; readonly raw: number }[]): void {
      const row = { keyName: '', model: 'm', requests: 1, promptTokens: 1, completionTokens: 1 };
      store.transaction(() =>
        store.ledger.takeIn(
          key.id,
          key.fingerprint,
          {
            source: 'keyLog',
            scale: { unit: USD, perUnit: 500_000 },
            records: spends.map(({ at, raw }) => ({ ...row, at: at / 1000, raw })),
            complete: { from: (FIRST - DAY) / 1000, to: (FIRST + 5 * DAY) / 1000 },
            unreadable: 0,
          },
          FIRST + 5 * DAY,
        ),
      );
    }

    it('compares each day with the limit for all keys of a currency, and a key with its own', async () => {
      const [a, b] = spenders();
      store.transaction(() => {
        store.spendingLimits.saveLimit(limit);
        store.spendingLimits.saveLimit({ ...limit, scope: { of: 'key', keyId: a.id }, amount: 1 });
      });
      assert.deepEqual(await limitLines(a, b), [
        '- Spending limit of $1.50 a day: exceeded in 1 of 5 periods; the most was $2.00 (Jun 1, 2026).',
        'Spending limits:',
        '- a: Spending limit of $1.00 a day: kept in every whole period (5); the most was $1.00 (Jun 1, 2026).',
      ]);
    });

    it('leaves open what keys spent that are not reviewed, unless they are in an account that is', async () => {
      const [a, b] = spenders();
      store.transaction(() => store.spendingLimits.saveLimit({ ...limit, amount: 0.9 }));
      const of = (least: string) => [
        `- Spending limit of $0.90 a day: exceeded in ${least}1 of 5 periods; the most was $1.00 (Jun 1, 2026).`,
      ];
      assert.deepEqual(await limitLines(a), of('at least '));
      store.transaction(() => store.accountLinks.saveLink(b.id, a.id, FIRST));
      assert.deepEqual(await limitLines(a), of(''));
    });
  });

  it('tells the anomaly of a key beside that of an account of another gateway', async () => {
    const anomalies = async (origin: string) => {
      const account = addKey(`account of ${origin}`, { credential: 'accessToken', baseUrl: origin });
      const key = addKey(`key beside ${origin}`);
      for (const each of [account, key]) {
        // A dollar a day, and ten on the last.
        let left = 100;
        for (const [day, spent] of [1, 1, 1, 1, 10].entries()) {
          look(each, FIRST + day * DAY + 8 * HOUR, left);
          left -= spent;
          look(each, FIRST + day * DAY + 16 * HOUR, left);
        }
      }
      return sectionUnder(await review(account, key), 'Anomalies').match(/\$10\.00 spent/g)?.length;
    };
    assert.equal(await anomalies('https://a.example'), 1);
    assert.equal(await anomalies('https://b.example'), 2);
  });
});
