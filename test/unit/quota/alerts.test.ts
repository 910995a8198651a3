import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { judge } from '../../../src/quota/alerts.ts';
import type { KeyState } from '../../../src/quota/keyState.ts';
import { SNOOZE, silenceMark } from '../../../src/quota/silence.ts';
import { WARNING_KINDS } from '../../../src/quota/warning.ts';
import { OWN_RULES } from '../../../src/quota/warningRules.ts';
import { at, DAY, HOUR, MINUTE, NOW, quota, reading } from '../support/samples.ts';
import { checkedKey, endingKey, keyWith, Memory, RULES } from '../support/warnings.ts';

const SECOND = 1000;

function refused(failureClass: string, more: Partial<KeyState> = {}): KeyState {
  return checkedKey(NOW, {
    status: failureClass === 'bad-key' ? 'invalid' : 'disabled',
    failure: { class: failureClass, message: 'No.' },
    nextCheckAt: undefined,
    ...more,
  });
}

/** Lets rules of its own hold for a key. */
function setOwn(memory: Memory, rules: unknown, id = 'id-1'): Memory {
  const marks = memory.marks.get(id) ?? new Map<string, string>();
  memory.marks.set(id, marks.set(OWN_RULES, typeof rules === 'string' ? rules : JSON.stringify(rules)));
  return memory;
}

describe('warnings about what is left', () => {
  it('come at each threshold, once', () => {
    const memory = new Memory();
    const looks = [50, 20, 19, 12, 5, 4, 1, 0, 0].map((percent, index) =>
      memory.look(NOW + index * MINUTE, [keyWith(percent, NOW + index * MINUTE)]),
    );
    assert.deepEqual(looks, [[], ['low 20'], [], [], ['low 5'], [], [], ['low 0'], []]);
    assert.deepEqual(
      memory.shown.map(({ warning }) => [warning.severity, warning.urgent]),
      [
        ['warning', false],
        ['warning', false],
        ['error', true],
      ],
    );
  });

  it('crossing two thresholds at once is said once, with the worse', () => {
    const memory = new Memory();
    assert.deepEqual(memory.look(NOW, [keyWith(4, NOW)]), ['low 5']);
    assert.deepEqual(memory.look(NOW + MINUTE, [keyWith(15, NOW + MINUTE)]), []);
  });

  it('come again after a recovery by a margin, and not after a smaller one', () => {
    const memory = new Memory();
    const look = (hour: number, percent: number) =>
      memory.look(NOW + hour * HOUR, [keyWith(percent, NOW + hour * HOUR)]);
    assert.deepEqual(look(0, 19), ['low 20']);
    assert.deepEqual(look(2, 21.9), []);
    assert.deepEqual(look(4, 19), [], 'two points are the margin');
    assert.deepEqual(look(6, 22.1), []);
    assert.deepEqual(look(8, 19), ['low 20']);
  });

  it('of a figure that flaps come once an hour at most', () => {
    const memory = new Memory();
    const said: number[] = [];
    for (let minute = 0; minute < 240; minute += 5) {
      const now = NOW + minute * MINUTE;
      if (memory.look(now, [keyWith(minute % 10 === 0 ? 4 : 60, now)]).length > 0) said.push(minute);
    }
    assert.deepEqual(said, [0, 60, 120, 180]);
  });

  it('wait for the rest to be over when a figure falls for good within it', () => {
    const memory = new Memory();
    const look = (minute: number, percent: number) =>
      memory.look(NOW + minute * MINUTE, [keyWith(percent, NOW + minute * MINUTE)]);
    assert.deepEqual([look(0, 4), look(10, 60), look(20, 4), look(50, 4)], [['low 5'], [], [], []]);
    assert.deepEqual(look(60, 4), ['low 5']);
    assert.deepEqual([look(70, 60), look(80, 0)], [[], ['low 0']], 'what was not said yet does not wait');
  });

  it('count amounts by unit where no total is known', () => {
    const memory = new Memory();
    const look = (balance: number, code: 'USD' | 'TOKENS', minute: number) =>
      memory.look(NOW + minute * MINUTE, [
        checkedKey(NOW + minute * MINUTE, {
          id: code,
          reading: reading({ account: { balance }, unit: { code, source: 'gateway' } }),
        }),
      ]);
    assert.deepEqual(
      [look(2, 'USD', 0), look(1, 'USD', 1), look(0.2, 'USD', 2)],
      [[], ['low 1'], ['low 0.25']],
    );
    assert.deepEqual([look(-1, 'USD', 3), look(0.02, 'USD', 200)], [['low 0'], []]);
    assert.deepEqual([look(1, 'TOKENS', 0), look(0, 'TOKENS', 1)], [[], ['low 0']]);
  });

  it('need more than a crumb of an amount to come again', () => {
    const memory = new Memory();
    const look = (balance: number, hour: number) => {
      const now = NOW + hour * HOUR;
      return memory.look(now, [checkedKey(now, { reading: reading({ account: { balance } }) })]);
    };
    assert.deepEqual([look(0, 0), look(0.025, 2), look(0, 4)], [['low 0'], [], []]);
    assert.deepEqual([look(0.026, 6), look(0, 8)], [[], ['low 0']], 'a tenth of 0.25 is the margin');
  });

  it('come again for a key that was unlimited in between', () => {
    const memory = new Memory();
    assert.deepEqual(memory.look(NOW, [keyWith(15, NOW)]), ['low 20']);
    const later = NOW + 2 * HOUR;
    memory.look(later, [checkedKey(later, { reading: reading({ quota: { unlimited: true, used: 85 } }) })]);
    assert.deepEqual(memory.look(later + HOUR, [keyWith(15, later + HOUR)]), ['low 20']);
  });

  it('never come from a figure that is stale or whose last check failed', () => {
    const memory = new Memory();
    const late = NOW + HOUR;
    const failing = keyWith(3, NOW, { failure: { class: 'transient', message: 'Away.' } });
    assert.deepEqual(memory.look(NOW, [failing]), []);
    assert.deepEqual(memory.look(late, [keyWith(0, NOW)]), [], 'no check for an hour');
    assert.deepEqual(memory.look(late, [keyWith(3, NOW, { status: 'stale' })]), []);
    assert.equal(memory.marks.get('id-1')?.size ?? 0, 0);
    assert.deepEqual(memory.look(late, [keyWith(3, late)]), ['low 5']);
  });

  it('do not end an episode by a failed check', () => {
    const memory = new Memory();
    memory.look(NOW, [keyWith(4, NOW)]);
    const later = NOW + 2 * HOUR;
    memory.look(later, [keyWith(90, NOW, { failure: { class: 'transient', message: 'Away.' } })]);
    assert.deepEqual(memory.look(later + MINUTE, [keyWith(4, later + MINUTE)]), []);
  });

  it('take the gateway’s word for used up, with figures or without', () => {
    const failure = { class: 'exhausted', message: 'Used up.' };
    const memory = new Memory();
    assert.deepEqual(memory.look(NOW, [keyWith(30, NOW, { failure })]), ['low 0']);
    const bare = { ...keyWith(30, NOW, { id: 'bare', failure }), reading: undefined };
    assert.deepEqual(memory.look(NOW, [bare]), ['low 0']);
    assert.deepEqual(memory.look(NOW + MINUTE, [bare]), []);
  });

  it('say nothing about unlimited keys and keys without figures', () => {
    const memory = new Memory();
    const unlimited = checkedKey(NOW, { reading: reading({ quota: { unlimited: true, used: 9 } }) });
    assert.deepEqual(memory.look(NOW, [unlimited, checkedKey(NOW, { id: 'none', reading: reading() })]), []);
  });

  it('of a threshold added later do not come when the figure gets better', () => {
    const memory = new Memory();
    memory.look(NOW, [keyWith(15, NOW)]);
    const more = { ...RULES, percents: [50, 20, 5] };
    assert.deepEqual(memory.look(NOW + MINUTE, [keyWith(15, NOW + MINUTE)], more), []);
    assert.deepEqual(memory.look(NOW + 2 * HOUR, [keyWith(30, NOW + 2 * HOUR)], more), []);
  });
});

describe('warnings about an end', () => {
  it('come 7, 3 and 1 day before it, and when it is there', () => {
    const memory = new Memory();
    const said: [number, string[]][] = [];
    for (let hour = 0; hour <= 10 * 24; hour++) {
      const now = NOW + hour * HOUR;
      const warnings = memory.look(now, [endingKey(9 * DAY, now)]);
      if (warnings.length > 0) said.push([hour / 24, warnings]);
    }
    assert.deepEqual(said, [
      [2, ['expiry 7']],
      [6, ['expiry 3']],
      [8, ['expiry 1']],
      [9, ['expiry 0']],
    ]);
    assert.deepEqual(
      memory.shown.map(({ warning }) => [warning.severity, warning.urgent]),
      [
        ['info', false],
        ['warning', false],
        ['warning', false],
        ['error', true],
      ],
    );
  });

  it('are armed again by another end, but not by one that is counted anew from each answer', () => {
    const memory = new Memory();
    assert.deepEqual(memory.look(NOW, [endingKey(2 * DAY, NOW)]), ['expiry 3']);
    assert.deepEqual(memory.look(NOW, [endingKey(2 * DAY + 20 * SECOND, NOW)]), []);
    assert.deepEqual(memory.look(NOW, [endingKey(40 * DAY, NOW)]), []);
    assert.deepEqual(memory.look(NOW + 38 * DAY, [endingKey(40 * DAY, NOW + 38 * DAY)]), ['expiry 3']);
    assert.deepEqual(memory.look(NOW + 38 * DAY, [endingKey(39 * DAY, NOW + 38 * DAY)]), ['expiry 1']);
  });

  it('are armed again when a key is made to never end', () => {
    const memory = new Memory();
    memory.look(NOW, [endingKey(2 * DAY, NOW)]);
    memory.look(NOW, [keyWith(90, NOW)]);
    assert.deepEqual(memory.look(NOW, [endingKey(2 * DAY, NOW)]), ['expiry 3']);
  });

  it('hold though checks fail, but not when none was made since the clock leapt', () => {
    const memory = new Memory();
    const later = NOW + 6 * DAY;
    const failure = { class: 'transient', message: 'Away.' };
    assert.deepEqual(memory.look(later, [endingKey(8 * DAY, NOW)]), []);
    assert.deepEqual(memory.look(later, [endingKey(8 * DAY, NOW, { failure })]), ['expiry 3']);
  });

  it('take the gateway’s word for expired', () => {
    const failure = { class: 'expired', message: 'Expired.' };
    const memory = new Memory();
    const key = { ...keyWith(90, NOW, { failure }), reading: undefined };
    assert.deepEqual(memory.look(NOW, [key]), ['expiry 0']);
    assert.deepEqual(memory.look(NOW + DAY, [key]), []);
    const dated = endingKey(10 * MINUTE, NOW, { id: 'dated', failure });
    assert.deepEqual(memory.look(NOW, [dated]), ['expiry 0']);
    assert.deepEqual(memory.look(NOW + HOUR, [dated]), [], 'by our clock it ends now');
  });

  it('tell of an ended key nothing else', () => {
    const memory = new Memory();
    const ended = checkedKey(NOW, { reading: reading({ quota: quota(0.1, 20), expiresAt: at(-HOUR) }) });
    assert.deepEqual(memory.look(NOW, [ended]), ['expiry 0']);
    const gone = endingKey(-HOUR, NOW, { id: 'gone', failure: { class: 'bad-key', message: 'No.' } });
    assert.deepEqual(memory.look(NOW, [gone]), ['expiry 0']);
  });

  it('speak of the plan when that is what ends', () => {
    const memory = new Memory();
    const planned = (ends: string, more = {}) =>
      checkedKey(NOW, { reading: reading({ plan: { name: 'pro', expiresAt: ends }, ...more }) });
    assert.deepEqual(memory.look(NOW, [planned(at(2 * DAY))]), ['plan 3']);
    assert.deepEqual(memory.look(NOW, [planned(at(2 * DAY))]), []);
    assert.deepEqual(memory.look(NOW, [planned(at(-MINUTE))]), ['plan 0']);
    const both = { ...planned(at(2 * DAY), { expiresAt: at(2 * DAY) }), id: 'both' };
    assert.deepEqual(memory.look(NOW, [both]), ['expiry 3'], 'the same end is one warning');
  });

  it('tell of a key whose plan has ended nothing else', () => {
    const plan = { name: 'pro', expiresAt: at(-HOUR) };
    const ended = checkedKey(NOW, { reading: reading({ quota: quota(0.1, 20), plan }) });
    assert.deepEqual(new Memory().look(NOW, [ended]), ['plan 0']);
  });

  it('of a plan do not come after a leap of the clock before the gateway was asked', () => {
    const memory = new Memory();
    const planned = (now: number) =>
      checkedKey(now, { reading: reading({ plan: { name: 'pro', expiresAt: at(8 * DAY) } }) });
    assert.deepEqual(memory.look(NOW + 6 * DAY, [planned(NOW)]), []);
    assert.deepEqual(memory.look(NOW + 6 * DAY, [planned(NOW + 6 * DAY)]), ['plan 3']);
  });
});

describe('warnings about pace', () => {
  const foreseen = (hours: number | undefined, confidence: 'low' | 'fair' | 'good', now = NOW) =>
    checkedKey(now, {
      forecast: {
        perDay: 9,
        confidence,
        lastsUntil: hours === undefined ? undefined : new Date(now + hours * HOUR).toISOString(),
      },
    });

  it('come when a key will run out within a day, as far as that is known', () => {
    const memory = new Memory();
    assert.deepEqual(memory.look(NOW, [foreseen(30, 'good'), { ...foreseen(5, 'low'), id: 'b' }]), []);
    assert.deepEqual(memory.look(NOW, [foreseen(23, 'fair')]), ['forecast 0']);
    assert.deepEqual(memory.look(NOW + 2 * HOUR, [foreseen(30, 'fair', NOW + 2 * HOUR)]), []);
    assert.deepEqual(memory.look(NOW + 3 * HOUR, [foreseen(20, 'fair', NOW + 3 * HOUR)]), [], 'it wavers');
    assert.deepEqual(memory.look(NOW + 5 * HOUR, [foreseen(undefined, 'good', NOW + 5 * HOUR)]), []);
    assert.deepEqual(memory.look(NOW + 6 * HOUR, [foreseen(20, 'good', NOW + 6 * HOUR)]), ['forecast 0']);
  });

  it('do not come from a forecast made before a sleep', () => {
    assert.deepEqual(new Memory().look(NOW + DAY, [foreseen(30, 'good')]), []);
  });

  it('come when a day’s spend is far above the ordinary, once a day', () => {
    const memory = new Memory();
    const look = (today: number, now: number, normal = 2) =>
      memory.look(now, [{ key: checkedKey(now), fingerprint: 'f1', spend: { today, normal } }]);
    assert.deepEqual(look(5.9, NOW), []);
    assert.deepEqual(look(6, NOW), ['spend 0']);
    assert.deepEqual(look(60, NOW + HOUR), []);
    assert.deepEqual(look(7, NOW + DAY), ['spend 0']);
    assert.deepEqual(look(8, NOW + DAY - 2 * HOUR), [], 'a clock that goes back to the day before');
  });

  it('of spend do not come twice in a day that is long', () => {
    const memory = new Memory();
    const hourOfDay = (hour: number) => new Date(NOW).setHours(hour, 0, 0, 0);
    const look = (now: number) =>
      memory.look(now, [{ key: checkedKey(now), fingerprint: 'f1', spend: { today: 9, normal: 1 } }]);
    assert.deepEqual([look(hourOfDay(1)), look(hourOfDay(23))], [['spend 0'], []]);
  });

  it('leave small sums alone, also for a key that is seldom used', () => {
    const memory = new Memory();
    const look = (today: number, id: string) =>
      memory.look(NOW, [{ key: checkedKey(NOW, { id }), fingerprint: 'f1', spend: { today, normal: 0 } }]);
    assert.deepEqual([look(0.9, 'a'), look(1, 'b')], [[], ['spend 0']]);
  });
});

describe('warnings about refusals', () => {
  it('come for a key that is not accepted and for one that is disabled', () => {
    const memory = new Memory();
    assert.deepEqual(memory.look(NOW, [refused('bad-key')]), ['refused 0']);
    assert.deepEqual(memory.look(NOW + MINUTE, [refused('bad-key')]), []);
    assert.deepEqual(memory.look(NOW + 2 * MINUTE, [refused('disabled')]), ['refused 0']);
  });

  it('do not come again as long as the refusal lasts', () => {
    const memory = new Memory();
    const looks = [0, 2, 24, 24 * 30].map(hours => memory.look(NOW + hours * HOUR, [refused('disabled')]));
    assert.deepEqual(looks, [['refused 0'], [], [], []]);
  });

  it('come again after a good answer, and for another secret', () => {
    const memory = new Memory();
    memory.look(NOW, [refused('bad-key')]);
    memory.look(NOW + 2 * HOUR, [keyWith(90, NOW + 2 * HOUR)]);
    assert.deepEqual(memory.look(NOW + 3 * HOUR, [refused('bad-key')]), ['refused 0']);
    const renewed = { key: refused('bad-key'), fingerprint: 'f2' };
    assert.deepEqual(memory.look(NOW + 3 * HOUR + MINUTE, [renewed]), ['refused 0']);
  });

  it('are left out when the form has just said so', () => {
    const memory = new Memory();
    const subject = { key: refused('bad-key'), fingerprint: 'f1', createdAt: NOW };
    assert.deepEqual(memory.look(NOW, [subject]), []);
    assert.deepEqual(memory.look(NOW + HOUR, [{ ...subject, key: refused('bad-key') }]), []);
  });

  it('do not come for trouble that passes', () => {
    const memory = new Memory();
    for (const passing of ['transient', 'rate-limited', 'unexpected', 'blocked-by-edge', 'not-supported'])
      assert.deepEqual(memory.look(NOW, [refused(passing)]), [], passing);
  });
});

describe('news of refills', () => {
  const loud = { ...RULES, kinds: new Set(WARNING_KINDS) };
  const budget = (spent: number, resetsAt: string, now: number) =>
    checkedKey(now, { reading: reading({ budget: { spent, limit: 10, resetsAt } }) });

  it('stay quiet as long as nobody asked for them, and keep nothing', () => {
    const memory = new Memory();
    memory.look(NOW, [keyWith(30, NOW)]);
    assert.deepEqual(memory.look(NOW + MINUTE, [keyWith(90, NOW + MINUTE)]), []);
    assert.equal(memory.marks.get('id-1')?.size ?? 0, 0);
  });

  it('tell a top-up from spend, a refund and rounding', () => {
    const memory = new Memory();
    const look = (minute: number, remaining: number, used: number) => {
      const now = NOW + minute * MINUTE;
      const figures = { unlimited: false, remaining, used, granted: remaining + used };
      return memory.look(now, [checkedKey(now, { reading: reading({ quota: figures }) })], loud);
    };
    assert.deepEqual(look(0, 30, 70), []);
    assert.deepEqual(look(1, 28, 72), [], 'spend');
    assert.deepEqual(look(2, 38, 62), [], 'a refund');
    assert.deepEqual(look(3, 30, 62), [], 'a cache that lags');
    assert.deepEqual(look(4, 30, 70), [], 'and catches up');
    assert.deepEqual(look(5, 80, 70), ['refill 0']);
    assert.deepEqual(memory.shown.at(-1)?.warning.refill, { what: 'topUp', amount: 50 });
    assert.deepEqual(look(6, 80, 70), []);
    assert.deepEqual([look(7, 160, 70), look(90, 240, 70)], [[], ['refill 0']], 'once an hour');
  });

  it('tell of a budget that begins anew', () => {
    const memory = new Memory();
    memory.look(NOW, [budget(9, at(HOUR), NOW)], loud);
    const later = NOW + 2 * HOUR;
    assert.deepEqual(memory.look(later, [budget(0.1, at(31 * DAY), later)], loud), ['refill 0']);
    assert.deepEqual(memory.shown.at(-1)?.warning.refill, { what: 'reset' });
    assert.deepEqual(memory.look(later + MINUTE, [budget(0.2, at(31 * DAY), later + MINUTE)], loud), []);
  });
});

describe('a key of its own mind', () => {
  it('has its own thresholds, in place of those for all', () => {
    const memory = setOwn(new Memory(), { percents: [60], expiryDays: [30] });
    const other = keyWith(55, NOW, { id: 'b' });
    assert.deepEqual(memory.look(NOW, [keyWith(55, NOW), other]), ['low 60']);
    assert.deepEqual(memory.look(NOW, [keyWith(19, NOW)]), [], '20 % is not its threshold');
    setOwn(memory, { expiryDays: [30] }, 'c');
    assert.deepEqual(memory.look(NOW, [endingKey(20 * DAY, NOW, { id: 'c' })]), ['expiry 30']);
    setOwn(memory, { amounts: [5] }, 'd');
    const wallet = checkedKey(NOW, { id: 'd', reading: reading({ account: { balance: 4 } }) });
    assert.deepEqual(memory.look(NOW, [wallet]), ['low 5']);
  });

  it('is silent when it is off, or of the kinds that are', () => {
    const memory = new Memory();
    const key = checkedKey(NOW, { reading: reading({ quota: quota(0.1, 20), expiresAt: at(DAY / 2) }) });
    assert.deepEqual(setOwn(memory, { off: true }).look(NOW, [key]), []);
    assert.deepEqual(setOwn(memory, { off: ['low'] }).look(NOW, [key]), ['expiry 1']);
    assert.deepEqual(setOwn(memory, {}).look(NOW, [key]), ['low 5']);
  });

  it('warns as all do when its rules cannot be read', () => {
    for (const wrong of ['', 'null', '[]', '{"off":["all"]}', '{"percents":"50"}', '{"percents":[null]}'])
      assert.deepEqual(setOwn(new Memory(), wrong).look(NOW, [keyWith(4, NOW)]), ['low 5'], wrong);
  });

  it('is silent while it is snoozed, and says afterwards what still holds', () => {
    const memory = new Memory();
    memory.marks.set('id-1', new Map([[SNOOZE, silenceMark({ since: NOW, lastsMs: DAY })]]));
    assert.deepEqual(memory.look(NOW + HOUR, [keyWith(15, NOW + HOUR)]), []);
    assert.deepEqual(memory.look(NOW - HOUR, [keyWith(15, NOW - HOUR)]), [], 'the clock went back');
    assert.deepEqual(memory.look(NOW + DAY, [keyWith(15, NOW + DAY)]), ['low 20']);
  });

  it('is not silent for years when it was snoozed in a future that was put right', () => {
    const memory = new Memory();
    memory.marks.set('id-1', new Map([[SNOOZE, silenceMark({ since: NOW + 365 * DAY, lastsMs: DAY })]]));
    assert.deepEqual(memory.look(NOW, [keyWith(15, NOW)]), ['low 20']);
  });
});

describe('clocks that leap', () => {
  it('an hour back repeats nothing, and holds nothing back for long', () => {
    const memory = new Memory();
    assert.deepEqual(memory.look(NOW, [endingKey(3 * DAY, NOW)]), ['expiry 3']);
    assert.deepEqual(memory.look(NOW - HOUR, [endingKey(3 * DAY, NOW - HOUR)]), []);
    assert.deepEqual(memory.look(NOW, [endingKey(3 * DAY, NOW)]), []);

    const low = (percent: number, now: number) => memory.look(now, [keyWith(percent, now, { id: 'low' })]);
    assert.deepEqual(low(4, NOW), ['low 5']);
    assert.deepEqual([low(4, NOW - HOUR), low(60, NOW - HOUR + MINUTE)], [[], []]);
    assert.deepEqual(low(4, NOW - 30 * MINUTE), [], 'half an hour after the warning');
    assert.deepEqual(low(4, NOW + 2 * MINUTE), ['low 5'], 'an hour after it');
  });

  it('a day ahead warns of nothing before the gateway was asked again', () => {
    const memory = new Memory();
    const keys = (now: number) => [
      endingKey(3.5 * DAY, now),
      keyWith(10, now, { id: 'b' }),
      endingKey(0.5 * DAY, now, { id: 'c' }),
    ];
    memory.look(NOW, keys(NOW));
    const before = memory.shown.length;
    assert.deepEqual(memory.look(NOW + DAY, keys(NOW)), []);
    assert.deepEqual(memory.look(NOW + DAY, keys(NOW + DAY)), ['expiry 3', 'expiry 0']);
    assert.deepEqual(memory.look(NOW, keys(NOW)), [], 'and back');
    assert.deepEqual(memory.look(NOW + DAY, keys(NOW + DAY)), [], 'when the day really comes');
    assert.equal(memory.shown.length, before + 2);
  });

  it('another time zone repeats nothing', () => {
    const zone = process.env.TZ;
    try {
      const memory = new Memory();
      const subject = (now: number) => ({
        key: checkedKey(now, { reading: reading({ quota: quota(3, 20), expiresAt: at(2 * DAY) }) }),
        fingerprint: 'f1',
        spend: { today: 9, normal: 1 },
      });
      process.env.TZ = 'America/Los_Angeles';
      assert.equal(memory.look(NOW - MINUTE, [subject(NOW - MINUTE)]).length, 3);
      // In Auckland it was midnight in between.
      for (const other of ['Asia/Tokyo', 'Pacific/Auckland', 'Pacific/Pago_Pago', 'UTC']) {
        process.env.TZ = other;
        assert.deepEqual(memory.look(NOW + 2 * HOUR, [subject(NOW + 2 * HOUR)]), [], other);
      }
    } finally {
      if (zone === undefined) delete process.env.TZ;
      else process.env.TZ = zone;
    }
  });
});

describe('marks that cannot be read', () => {
  it('are replaced', () => {
    const marks = new Map([
      [
        'id-1',
        new Map([
          ['low %:5', 'x'],
          ['low %:20', '{}'],
          ['refill', '1'],
        ]),
      ],
    ]);
    const verdict = judge([{ key: keyWith(90, NOW), fingerprint: '' }], marks, RULES, NOW);
    assert.deepEqual(verdict, {
      due: [],
      settle: [
        { keyId: 'id-1', name: 'low %:5', mark: undefined },
        { keyId: 'id-1', name: 'low %:20', mark: undefined },
        { keyId: 'id-1', name: 'refill', mark: undefined },
      ],
    });
  });
});
