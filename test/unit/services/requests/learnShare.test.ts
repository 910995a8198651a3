import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { GatewaySettings } from '../../../../src/core/ports/settings.ts';
import type { GatewayResponse } from '../../../../src/http/transport.ts';
import { learnFromRefusal } from '../../../../src/services/requests/learnShare.ts';
import { ownLimiter } from '../../../../src/services/requests/ownLimiter.ts';
import { type OwnReserveOptions, reserveOwnCall } from '../../../../src/services/requests/requestBudget.ts';
import { saveNote } from '../../../../src/services/requests/saveNote.ts';
import { SqliteStore } from '../../../../src/store/store.ts';
import { budgetParts } from '../../support/budgetParts.ts';
import { removeTempFolders, tempFolder } from '../../support/folders.ts';
import { MINUTE, NOW } from '../../support/samples.ts';

const ORIGIN = 'https://gw.example';
const SCARCE = { calls: 10, windowMs: 20 * MINUTE, holdMs: 20 * MINUTE };
const CAUTIOUS = { ...SCARCE, startShare: 0.4 };

describe('our share of a limiter', () => {
  let store: SqliteStore;
  let logLines: string[];
  let settings: GatewaySettings | undefined;

  beforeEach(() => {
    store = new SqliteStore(tempFolder(), NOW);
    logLines = [];
    settings = undefined;
  });

  afterEach(() => {
    store.close();
    removeTempFolders();
  });

  const parts = () => budgetParts(store, { gateways: new Map(settings && [[ORIGIN, settings]]) }, logLines);
  const at = (minutes: number) => NOW + minutes * MINUTE;
  /** Minutes from now on; 0 where the call was reserved. */
  const reserve = (minutes: number, options: OwnReserveOptions = {}, limiter = SCARCE) => {
    const now = at(minutes);
    const freeAt = store.transaction(() => reserveOwnCall(parts(), ORIGIN, 'scarce', limiter, now, options));
    return freeAt === undefined ? 0 : (freeAt - now) / MINUTE;
  };
  const refuse = (minutes: number, answer: Partial<GatewayResponse> = {}, limiter = SCARCE) => {
    const refusal = { status: 429, headers: new Headers(), text: '', ...answer } as GatewayResponse;
    store.transaction(() => learnFromRefusal(parts(), ORIGIN, 'scarce', limiter, refusal, at(minutes)));
  };
  const own = (limiter = SCARCE, minutes = 0) => {
    const { calls, windowMs } = ownLimiter(parts(), ORIGIN, 'scarce', limiter, at(minutes));
    return [calls, windowMs / MINUTE];
  };

  const othersAsk = () => ownLimiter(parts(), ORIGIN, 'scarce', SCARCE, NOW).othersAsk ?? false;

  it('is the whole until a call is refused that our own do not explain', () => {
    for (let call = 0; call < 4; call++) reserve(0);
    assert.deepEqual(own(), [10, 20]);
    assert.equal(othersAsk(), false);
    refuse(0);
    assert.deepEqual(own(), [1, 20]);
    assert.equal(othersAsk(), true);
    assert.deepEqual(logLines, [
      'Others ask https://gw.example from this address: 1 call in 20 min is ours from now on (scarce).',
    ]);
  });

  it('is told to the log once, however often it is cut after that', () => {
    for (const minutes of [0, 30, 60]) {
      reserve(minutes, { beyondBudget: true });
      refuse(minutes);
    }
    assert.deepEqual(own(), [1, 160]);
    assert.equal(logLines.length, 1);
  });

  it('is never less than refusals can make it, whatever a damaged row says', () => {
    store.shares.saveShare(ORIGIN, 'scarce', { share: 1e-300, changedAt: NOW });
    assert.deepEqual(own(), [1, 160]);
  });

  it('is cut after a refusal of the last call of our half', () => {
    for (let call = 0; call < 10; call++) assert.equal(reserve(0), 0);
    refuse(0);
    assert.deepEqual(own(), [1, 20]);
  });

  it('is not cut where we went beyond our half ourselves, by an explicit yes', () => {
    for (let call = 0; call < 12; call++) reserve(0, { beyondBudget: true });
    refuse(0);
    assert.deepEqual(own(), [10, 20]);
  });

  it('is not cut by a page, as a proxy in between sends it', () => {
    reserve(0);
    const headers = new Headers({ 'content-type': 'text/html' });
    refuse(0, { headers, text: '<html><h1>429 Too Many Requests</h1></html>' });
    refuse(0, { headers: new Headers({ 'cf-mitigated': 'challenge' }) });
    assert.deepEqual(own(), [10, 20]);
  });

  it('is for the limiter and the origin that refused', () => {
    reserve(0);
    refuse(0);
    assert.equal(ownLimiter(parts(), ORIGIN, 'general', SCARCE, NOW).calls, 10);
    assert.equal(ownLimiter(parts(), 'https://other.example', 'scarce', SCARCE, NOW).calls, 10);
  });

  it('grows again as it is used, and says when it is what it was', () => {
    reserve(0);
    refuse(0);
    assert.deepEqual(own(), [1, 20]);
    // Two weeks later a call in each twenty minutes: 70 hundredths on top of each other are twice as much.
    const later = 14 * 24 * 60;
    for (let minutes = 0; minutes < 1400; minutes += 20) assert.equal(reserve(later + minutes), 0);
    assert.deepEqual([own(SCARCE, later + 1380)[0], logLines.length], [1, 1]);
    const calls = [1400, 1405, 1410, 1415].map(after => {
      const minutes = later + after;
      while (reserve(minutes) === 0);
      return own(SCARCE, minutes)[0];
    });
    assert.deepEqual(calls, [2, 4, 8, 10]);
    assert.deepEqual(logLines.slice(1), [
      'https://gw.example lets us ask as often as before others were noticed (scarce).',
    ]);
  });

  it('does not grow by being there: who does not ask learns nothing', () => {
    for (let call = 0; call < 4; call++) reserve(0);
    refuse(0);
    assert.equal(reserve(600), 0);
    assert.deepEqual(own(SCARCE, 600), [1, 20]);
  });

  describe('at a site that is seen for the first time', () => {
    it('is a part for polls, which grows to the whole as it is used', () => {
      assert.deepEqual(own(CAUTIOUS), [4, 20]);
      for (const room of [0, 0, 0, 0, 20]) assert.equal(reserve(0, {}, CAUTIOUS), room);
      // It grows without a call that asks for it, so that intervals are planned again.
      assert.deepEqual(own(CAUTIOUS, 4.9), [4, 20]);
      assert.deepEqual(own(CAUTIOUS, 5), [8, 20]);
      for (let call = 0; call < 4; call++) assert.equal(reserve(5, {}, CAUTIOUS), 0);
      assert.ok(reserve(5, {}, CAUTIOUS) > 0);
      assert.deepEqual(own(CAUTIOUS, 10), [10, 20]);
      assert.equal(othersAsk(), false);
      assert.deepEqual(logLines, []);
    });

    it('is the whole for a person, until a refusal', () => {
      for (let call = 0; call < 10; call++) assert.equal(reserve(0, { attended: true }, CAUTIOUS), 0);
      assert.equal(reserve(0, { attended: true }, CAUTIOUS), 20);
      reserve(20, { attended: true }, CAUTIOUS);
      refuse(20, {}, CAUTIOUS);
      assert.ok(reserve(21, { attended: true }, CAUTIOUS) > 0);
    });

    it('is a sixth of that part after a refusal', () => {
      reserve(0, {}, CAUTIOUS);
      refuse(0, {}, CAUTIOUS);
      assert.deepEqual(own(CAUTIOUS), [1, 30]);
    });
  });

  describe('where one call would show a more ample way', () => {
    const decisive = (minutes: number, limiter = 'scarce') =>
      saveNote(store, ORIGIN, { decisive: { limiter, until: at(minutes) } });

    beforeEach(() => {
      reserve(0, {}, CAUTIOUS);
      refuse(0, {}, CAUTIOUS);
      reserve(20, { beyondBudget: true }, CAUTIOUS);
      refuse(20, {}, CAUTIOUS);
      assert.deepEqual(own(CAUTIOUS, 20), [1, 160]);
    });

    it('is one in each window, whatever refusals have taught', () => {
      decisive(140);
      assert.deepEqual(own(CAUTIOUS, 20), [1, 20]);
      assert.equal(reserve(21, {}, CAUTIOUS), 19);
      assert.equal(reserve(40, {}, CAUTIOUS), 0);
    });

    it('is what they have taught once that is over', () => {
      decisive(140);
      assert.deepEqual(own(CAUTIOUS, 140), [1, 160]);
    });

    it('is what they have taught of another limiter', () => {
      decisive(140, 'general');
      assert.deepEqual(own(CAUTIOUS, 20), [1, 160]);
    });
  });

  it('is a sixteenth of it for what can wait, unless all is ours or a person asks', () => {
    const waits = { atMost: 3 };
    assert.equal(reserve(0, waits), 0);
    assert.equal(reserve(0, waits), 0);
    settings = { share: 10 };
    // One call in 20 minutes is ours, so one in 320 for this, and two in 640: the calls at 0 were two.
    assert.equal(reserve(60), 0);
    assert.equal(reserve(80, waits), 560);
    assert.equal(reserve(80, { ...waits, attended: true }), 0);
  });

  describe('by the setting', () => {
    it('is a part of so many machines, and nothing is learnt', () => {
      settings = { share: 40 };
      assert.deepEqual(own(CAUTIOUS), [1, 80]);
      assert.equal(othersAsk(), true);
      reserve(0);
      refuse(0);
      assert.deepEqual(own(), [1, 80]);
      assert.equal(store.shares.shareOf(ORIGIN, 'scarce'), undefined);
    });

    it('is the whole for one machine, whatever was learnt before', () => {
      reserve(0);
      refuse(0);
      settings = { share: 1 };
      assert.deepEqual(own(CAUTIOUS), [10, 20]);
      assert.equal(othersAsk(), false);
    });

    it('is all that the gateway allows where one has the address for itself, and nobody else asks', () => {
      settings = { share: 0.5 };
      assert.deepEqual(own(CAUTIOUS), [20, 20]);
      assert.equal(othersAsk(), false);
      for (let call = 0; call < 20; call++) assert.equal(reserve(0, { begun: call > 0 }), 0);
      assert.equal(reserve(0), 20);
    });
  });

  describe('of one call', () => {
    beforeEach(() => {
      settings = { share: 10 };
    });

    it('does not break off a request that has begun, and pays that back', () => {
      assert.equal(reserve(0), 0);
      assert.equal(reserve(0, { begun: true }), 0);
      // Two calls are two windows of 20 minutes.
      assert.equal(reserve(1), 39);
      assert.equal(reserve(40), 0);
    });

    it('finishes ten calls, and never more than the gateway may get', () => {
      for (let call = 0; call < 10; call++) assert.equal(reserve(0, { begun: call > 0 }), 0);
      assert.equal(reserve(0, { begun: true }), 20);
      const few = { ...SCARCE, calls: 3 };
      assert.equal(reserve(21, { begun: true }, few), 19);
    });
  });
});
