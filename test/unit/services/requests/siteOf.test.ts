import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { failed } from '../../../../src/core/quota/failure.ts';
import { newApi } from '../../../../src/gateways/newApi/newApi.ts';
import type { Site } from '../../../../src/gateways/site.ts';
import { ClaimEndedError } from '../../../../src/services/requests/claim.ts';
import { saveNote } from '../../../../src/services/requests/saveNote.ts';
import { siteOf } from '../../../../src/services/requests/siteCache.ts';
import { notesIn, parseStoredSite } from '../../../../src/services/requests/siteNotes.ts';
import { SqliteStore } from '../../../../src/store/store.ts';
import { removeTempFolders, tempFolder } from '../../support/folders.ts';
import { DAY, MINUTE, NOW } from '../../support/samples.ts';

const ORIGIN = 'https://gw.example';
const SITE: Site = { name: 'Relay', unitsPerDollar: 1000 };

describe('the site of a gateway', () => {
  let store: SqliteStore;
  /** How often it was asked. */
  let asked: number;
  let answer: () => Promise<Site>;

  beforeEach(() => {
    store = new SqliteStore(tempFolder(), NOW);
    asked = 0;
    answer = async () => SITE;
  });

  afterEach(() => {
    store.close();
    removeTempFolders();
  });

  const send = () => assert.fail();
  const readSite = () => {
    asked++;
    return answer();
  };
  const site = (now = NOW, origin = ORIGIN, from = store) =>
    siteOf({ ...newApi, readSite }, origin, send, from, now);
  const failing = (...failure: Parameters<typeof failed>) => {
    answer = async () => {
      throw failed(...failure);
    };
  };

  it('is none where the kind has no such page', async () => {
    assert.equal(await siteOf({ ...newApi, readSite: undefined }, ORIGIN, send, store, NOW), undefined);
  });

  it('is asked, and for a day kept', async () => {
    assert.deepEqual(await site(), SITE);
    for (const now of [NOW, NOW + DAY - 1]) assert.equal((await site(now))?.name, 'Relay');
    assert.equal(asked, 1);
    answer = async () => ({ name: 'Renamed' });
    assert.equal((await site(NOW + DAY))?.name, 'Renamed');
    assert.equal(asked, 2);
  });

  it('is asked again where a clock that was put back makes its last answer one of the future', async () => {
    await site();
    await site(NOW - 1);
    assert.equal(asked, 2);
  });

  it('is another one at another origin', async () => {
    await site();
    await site(NOW, 'https://other.example');
    assert.equal(asked, 2);
  });

  it('keeps the last scale that it told, and what was learnt of it beside', async () => {
    await site();
    saveNote(store, ORIGIN, { has: { '/log': true } });
    answer = async () => ({ name: 'Relay', display: 'CNY' });
    assert.deepEqual(await site(NOW + DAY), { name: 'Relay', display: 'CNY', unitsPerDollar: 1000 });
    assert.equal((await site(NOW + DAY))?.unitsPerDollar, 1000);
    assert.deepEqual(notesIn(store.sites.siteOf(ORIGIN)?.site).has, { '/log': true });
  });

  describe('that several keys wait for', () => {
    /** Answers when it is told to. */
    function hold(): { readonly answer: (site: Site) => void; readonly fail: (error: unknown) => void } {
      const { promise, resolve, reject } = Promise.withResolvers<Site>();
      answer = () => promise;
      return { answer: resolve, fail: reject };
    }

    it('is asked once', async () => {
      const held = hold();
      const both = [site(), site()];
      held.answer(SITE);
      assert.deepEqual(await Promise.all(both), [SITE, SITE]);
      assert.equal(asked, 1);
    });

    it('is asked for each database and each origin', async () => {
      const other = new SqliteStore(tempFolder(), NOW);
      const held = hold();
      const all = [site(), site(NOW, ORIGIN, other), site(NOW, 'https://other.example')];
      held.answer(SITE);
      await Promise.all(all);
      assert.equal(asked, 3);
      other.close();
    });

    it('fails for all of them where nobody answers, and is asked again by the next', async () => {
      const held = hold();
      const both = [site(), site()].map(each =>
        assert.rejects(each, { failure: { class: 'transient', reason: 'timeout' } }),
      );
      held.fail(failed('transient', 'timeout'));
      await Promise.all(both);
      assert.equal(asked, 1);
      answer = async () => SITE;
      assert.deepEqual(await site(), SITE);
    });

    it('is asked by the second where the claim of the first has ended', async () => {
      const held = hold();
      const first = assert.rejects(site(), ClaimEndedError);
      const second = site();
      answer = async () => SITE;
      held.fail(new ClaimEndedError());
      await first;
      assert.deepEqual(await second, SITE);
      assert.equal(asked, 2);
    });
  });

  describe('that does not tell', () => {
    it('is what it was, and is asked again in half an hour', async () => {
      await site();
      failing('transient', 'server-error');
      assert.equal((await site(NOW + DAY))?.unitsPerDollar, 1000);
      assert.equal((await site(NOW + DAY + 30 * MINUTE - 1))?.unitsPerDollar, 1000);
      assert.equal(asked, 2);
      await site(NOW + DAY + 30 * MINUTE);
      assert.equal(asked, 3);
    });

    it('because it has no such page is asked again in a day', async () => {
      failing('not-supported', 'no-such-endpoint');
      assert.equal(await site(), undefined);
      await site(NOW + DAY - 1);
      assert.equal(asked, 1);
      await site(NOW + DAY);
      assert.equal(asked, 2);
    });

    it('because nobody answers is a failure, and is asked again at once', async () => {
      failing('transient', 'host-not-found');
      await assert.rejects(site(), { failure: { class: 'transient', reason: 'host-not-found' } });
      assert.equal(store.sites.siteOf(ORIGIN), undefined);
      await assert.rejects(site());
      assert.equal(asked, 2);
    });

    it('because of a fault of ours is that fault', async () => {
      answer = async () => {
        throw new TypeError('of undefined');
      };
      await assert.rejects(site(), TypeError);
      assert.equal(store.sites.siteOf(ORIGIN), undefined);
    });
  });

  it('as it is stored is what it told, without what was learnt beside', () => {
    assert.deepEqual(parseStoredSite('{"name":"Relay","notes":{"has":{}}}'), { name: 'Relay' });
    assert.deepEqual(parseStoredSite('{}'), {});
    for (const nothing of [undefined, 'no JSON', '[]', '{"notes":{"has":{}}}'])
      assert.equal(parseStoredSite(nothing), undefined, nothing);
  });
});
