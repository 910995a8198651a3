import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { headlineOf } from '../../../../src/core/usage/headline.ts';
import { RANGE_PRESETS } from '../../../../src/core/usage/rangePresets.ts';
import { TestSetup } from '../../support/testSetup.ts';
import { until } from '../../support/until.ts';
import { UsagePanelSetup } from '../../support/usagePanelSetup.ts';
import { vscodeStub } from '../../support/vscodeStub.ts';

const MINUTE = 60_000;
const DOLLAR = 500_000;
const WEEK = { from: '2026-06-09', to: '2026-06-15' };

describe('the usage panel while the request budget is spent', () => {
  let setup: TestSetup;
  let rig: UsagePanelSetup;
  afterEach(async () => {
    rig.panel.dispose();
    vscodeStub.person = {};
    await setup.close();
  });

  /** Keys of one gateway with its real limits; each spent as many dollars as its number, an hour ago. */
  async function open(keys: number, kind: 'newApi' | 'aioHub' = 'newApi'): Promise<void> {
    const handles = Array.from({ length: keys }, (_, index) => `key-${index + 1}`);
    setup = await TestSetup.open({
      kind,
      limits: 'real',
      scenarios: Object.fromEntries(handles.map(handle => [handle, {}])),
    });
    handles.forEach((handle, index) => {
      setup.gateway.spend(handle, { quota: (index + 1) * DOLLAR, at: setup.clock.now() / 1000 - 3600 });
    });
    rig = await UsagePanelSetup.open(
      setup,
      handles.map(handle => setup.key(handle)),
      WEEK,
    );
  }

  const asked = () => setup.calls.filter(call => /\/api\/log\/token|start_timestamp=/.test(call)).length;
  const lacks = () => rig.shown.answer.missing ?? [];
  const headline = () => headlineOf(rig.shown.answer.reports, lacks().length, setup.clock.now());

  it('shows right figures when presets are clicked twenty times, and asks a key’s log once', async () => {
    await open(1);
    const zero = new Set(['yesterday', 'last-month']);
    for (let click = 0; click < 20; click++) {
      const preset = RANGE_PRESETS[click % RANGE_PRESETS.length] ?? 'today';
      await rig.press({ type: 'askPreset', preset });
      await setup.clock.advance(1000);
      const [report] = rig.shown.answer.reports;
      assert.equal(report?.total?.used, zero.has(preset) ? 0 : 1, preset);
      assert.deepEqual([report?.coverage.complete, report?.answeredAt], [true, undefined], preset);
    }
    assert.equal(asked(), 1);
  });

  it('shows the last answer with its age when presets are clicked twenty times, and never 0', async () => {
    // Its sums of ranges that go on tell nothing about a part of them, so each is asked for.
    await open(1, 'aioHub');
    // Yesterday and Last month are over: they are told once and for all, and are a true 0.
    const zero = new Set(['yesterday', 'last-month']);
    for (let click = 0; click < 20; click++) {
      const preset = RANGE_PRESETS[click % RANGE_PRESETS.length] ?? 'today';
      await rig.press({ type: 'askPreset', preset });
      // The same preset comes again after more than a minute: within one it costs no call.
      await setup.clock.advance(8000);
      const { reports } = rig.shown.answer;
      assert.equal(rig.shown.preset, preset);
      const [report] = reports;
      if (report?.total) assert.equal(report.total.used, zero.has(preset) ? 0 : 1, preset);
      // What was told once is told again, with when it was.
      if (click >= RANGE_PRESETS.length) assert.ok(report?.total, `${preset} was answered before`);
      if (asked() === 10 && click >= 11 && !zero.has(preset)) {
        assert.ok(report?.answeredAt, 'of before');
        assert.ok(report?.retryAt && rig.shown.waitsUntil, 'and when it is asked again');
      }
    }
    assert.equal(asked(), 10);
  });

  it('says what it does not know, when it asks and that it does, for a range nobody asked for before', async () => {
    await open(1, 'aioHub');
    for (let day = 1; day <= 10; day++) {
      const on = `2026-05-${String(day).padStart(2, '0')}`;
      await rig.press({ type: 'askRange', from: on, to: on });
    }
    assert.equal(asked(), 10);
    const { answer, waitsUntil } = rig.shown;
    assert.deepEqual(answer.reports, []);
    assert.equal(lacks()[0]?.total, undefined);
    assert.match(answer.problems[0] ?? '', /waiting for its turn/);
    assert.ok(waitsUntil && Date.parse(waitsUntil) > setup.clock.now());
  });

  it('fills in by itself the keys that had no turn: twelve of one gateway', async () => {
    await open(12);
    assert.equal(asked(), 10);
    assert.deepEqual([headline().keysWithTotal, headline().keyCount, headline().isComplete], [10, 12, false]);
    assert.equal(lacks().length, 2);
    await setup.clock.advance(Date.parse(rig.shown.waitsUntil ?? '') - setup.clock.now());
    await until(() => lacks().length === 0);
    await rig.settled();
    assert.equal(asked(), 12);
    const { used, isComplete } = headline();
    assert.deepEqual([used, isComplete], [78, true], '1 + 2 + … + 12 dollars');
    assert.equal(rig.shown.waitsUntil, undefined);
    assert.deepEqual([rig.shown.answer.problems, rig.shown.answer.lacks], [[], []]);
  });

  it('fills in the others where a key is removed while it waits, and takes another range', async () => {
    await open(12);
    const { keyService } = setup.testWindow;
    await keyService.remove(keyService.findById(lacks()[0]?.keyId ?? '') ?? assert.fail());
    await setup.clock.advance(Date.parse(rig.shown.waitsUntil ?? '') - setup.clock.now());
    await until(() => lacks().length === 0);
    await rig.settled();
    assert.equal(rig.shown.waitsUntil, undefined);
    assert.deepEqual([headline().used, headline().isComplete], [67, true], '1 + … + 10 + 12 dollars');
    const [shown] = rig.shown.answer.reports;
    await keyService.remove(keyService.findById(shown?.keyId ?? '') ?? assert.fail());
    await rig.press({ type: 'askPreset', preset: 'last-30-days' });
    assert.deepEqual([headline().used, rig.shown.answer.question.keyIds.length], [66, 10]);
    assert.deepEqual(
      rig.messages.filter(({ type }) => type === 'problem'),
      [],
    );
  });

  it('says what keys lack whose gateway is down when their turn comes, and not that they wait', async () => {
    await open(11);
    setup.gateway.setReply('GET /api/log/token', { status: 503, body: 'down' });
    await setup.clock.advance(Date.parse(rig.shown.waitsUntil ?? '') - setup.clock.now());
    await until(() => rig.shown.waitsUntil === undefined);
    assert.match(lacks()[0]?.note ?? '', /server error \(HTTP 503\)/);
    assert.equal(rig.panel.isWaiting, false);
  });

  it('does not always miss the same two keys', async () => {
    await open(12);
    const missing = () => lacks().map(({ scope }) => scope.key);
    assert.deepEqual(missing(), ['key-11', 'key-12']);
    await rig.press({ type: 'stopWaiting' });
    assert.equal(rig.shown.waitsUntil, undefined);
    const { queryCount } = rig;
    await setup.clock.advance(21 * MINUTE);
    assert.equal(rig.queryCount, queryCount, 'nothing is asked by itself any more');
    await rig.press({ type: 'askRange', ...WEEK });
    assert.deepEqual(missing(), [], 'the two went first, and the others have an answer of before');
    const old = rig.shown.answer.reports.filter(({ answeredAt }) => answeredAt).map(({ scope }) => scope.key);
    assert.ok(old.length > 0 && !old.includes('key-11') && !old.includes('key-12'), old.join());
    assert.equal(headline().used, 78);
  });

  for (const [pause, before] of [
    ['60', 0],
    ['60', 4],
    ['1200', 0],
  ] as const) {
    it(`promises after a refusal the time at which it is answered: a pause of ${pause} s after ${before} calls`, async () => {
      await open(1, 'aioHub');
      for (let day = 1; day <= before; day++) {
        await rig.press({ type: 'askRange', from: `2026-05-0${day}`, to: `2026-05-0${day}` });
        await setup.clock.advance(MINUTE);
      }
      setup.gateway.setReply('GET /api/usage/token/', { status: 429, headers: { 'Retry-After': pause } });
      await rig.press({ type: 'askRange', from: '2026-05-20', to: '2026-06-14' });
      const promised = rig.shown.waitsUntil ?? assert.fail('nothing is promised');
      setup.gateway.setReply('GET /api/usage/token/', undefined);
      const { queryCount } = rig;
      await setup.clock.advance(Date.parse(promised) - setup.clock.now() - 1);
      assert.equal(rig.queryCount, queryCount);
      await setup.clock.advance(1);
      await until(() => lacks().length === 0);
      await rig.settled();
      assert.equal(rig.shown.waitsUntil, undefined);
    });
  }

  it('asks now after a yes, and not after a no', async () => {
    await open(12);
    const questions: string[] = [];
    vscodeStub.person = {
      asked: (message, detail) => {
        questions.push(message, detail);
        return undefined;
      },
    };
    await rig.panel.askNow();
    assert.equal(asked(), 10);
    assert.match(questions.join(' '), /about 2 keys.*leaves for your own use/s);
    vscodeStub.person = { asked: () => 'Ask Gateway Now' };
    await rig.panel.askNow();
    assert.equal(asked(), 12);
    assert.deepEqual([headline().used, headline().isComplete], [78, true]);
  });

  describe('about the period before, whose keys had no turn', () => {
    const previous = () => rig.shown.previous;
    const heldBefore = () => previous()?.missing?.filter(({ retryAt }) => retryAt !== undefined).length;

    /** Ten calls are for keys: one for the week, nine for the days, and none for the week before. */
    async function openAndCompare(): Promise<void> {
      await open(1, 'aioHub');
      for (let day = 1; day <= 9; day++) {
        const on = `2026-05-0${day}`;
        await rig.press({ type: 'askRange', from: on, to: on });
      }
      await rig.press({ type: 'askRange', ...WEEK });
      await rig.press({ type: 'compare', on: true });
      assert.equal(asked(), 10);
      assert.equal(heldBefore(), 1);
      assert.ok(rig.shown.waitsUntil, 'and says when it asks by itself');
      assert.equal(rig.panel.isWaiting, true);
    }

    it('asks by itself', async () => {
      await openAndCompare();
      await setup.clock.advance(Date.parse(rig.shown.waitsUntil ?? '') - setup.clock.now());
      await until(() => heldBefore() === 0);
      await rig.settled();
      assert.deepEqual(previous()?.problems, []);
      assert.equal(previous()?.reports[0]?.total?.used, 0);
      assert.equal(rig.shown.waitsUntil, undefined);
    });

    it('asks now, after one yes for both ranges', async () => {
      await openAndCompare();
      const questions: string[] = [];
      vscodeStub.person = {
        asked: message => {
          questions.push(message);
          return 'Ask Gateway Now';
        },
      };
      await rig.panel.askNow();
      assert.equal(questions.length, 1);
      assert.match(questions[0] ?? '', /^Ask 127\.0\.0\.1:\d+ now about “key-1”\?$/);
      assert.equal(heldBefore(), 0);
      assert.equal(previous()?.reports[0]?.total?.used, 0);
      assert.equal(rig.panel.isWaiting, false);
    });
  });

  it('asks nothing more once it is closed', async () => {
    await open(12);
    const { queryCount } = rig;
    rig.close();
    await setup.clock.advance(30 * MINUTE);
    assert.equal(rig.queryCount, queryCount);
  });
});

describe('the pressed preset of the usage panel', () => {
  let setup: TestSetup;
  let rig: UsagePanelSetup;

  beforeEach(async () => {
    setup = await TestSetup.open({ scenarios: { ok: {} } });
    rig = await UsagePanelSetup.open(setup, [setup.key('ok')], WEEK);
  });

  afterEach(async () => {
    rig.panel.dispose();
    await setup.close();
  });

  const toMidnight = () => new Date(setup.clock.now()).setHours(24, 0, 0, 0) - setup.clock.now();

  for (const preset of ['today', 'yesterday', 'last-7-days', 'this-month'] as const) {
    it(`${preset} is not that any more after midnight, and nothing is asked for it`, async () => {
      await rig.press({ type: 'askPreset', preset });
      const { queryCount } = rig;
      await setup.clock.advance(toMidnight() - 1);
      assert.equal(rig.shown.preset, preset);
      await setup.clock.advance(20_001);
      assert.equal(rig.shown.preset, undefined);
      assert.equal(rig.queryCount, queryCount);
    });
  }

  it('last-month is the same month until the next one', async () => {
    await rig.press({ type: 'askPreset', preset: 'last-month' });
    await setup.clock.advance(toMidnight() + 20_000);
    assert.equal(rig.shown.preset, 'last-month');
  });

  it('the last 24 hours of an hour ago are others', async () => {
    await rig.press({ type: 'askPreset', preset: 'last-24-hours' });
    assert.equal(rig.shown.preset, 'last-24-hours');
    await setup.clock.advance(60 * MINUTE);
    assert.equal(rig.shown.preset, undefined);
  });
});
