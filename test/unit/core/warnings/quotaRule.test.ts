import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { CheckState } from '../../../../src/core/ports/checkTables.ts';
import type { Settings } from '../../../../src/core/ports/settings.ts';
import type { KeyState } from '../../../../src/core/quota/keyState.ts';
import type { QuotaWindow } from '../../../../src/core/quota/quotaWindow.ts';
import type { Reading } from '../../../../src/core/quota/reading.ts';
import { evaluateRules } from '../../../../src/core/warnings/evaluateRules.ts';
import { keyOutputs } from '../../support/keyOutputs.ts';
import { at, DAY, HOUR, MINUTE, NOW, quota, reading } from '../../support/samples.ts';
import { checkedKey, keyWith, RULES, WarningMemory } from '../../support/warnings.ts';

const SETTINGS: Settings = {
  pollMs: 5 * MINUTE,
  timeoutMs: 15_000,
  low: { percent: 20, amounts: {} },
  retention: { rawDays: 30, hourlyDays: 365 },
  monthBegins: 1,
  gateways: new Map(),
};

/** A key that was read and then refused as used up at the same moment. */
function refusedAt(now: number, figures: Partial<Reading>): CheckState {
  const failure = { class: 'exhausted', reason: 'used-up' } as const;
  const taken = reading({ takenAt: new Date(now).toISOString(), ...figures });
  return { keyId: 'k', reading: taken, failure, checkedAt: now, failures: 1, dueAt: now + 5 * MINUTE };
}

describe('warnings about what is left', () => {
  it('come at each threshold, once', () => {
    const memory = new WarningMemory();
    const looks = [50, 20, 19, 12, 5, 4, 1, 0, 0].map((percent, index) =>
      memory.evaluate(NOW + index * MINUTE, [keyWith(percent, NOW + index * MINUTE)]),
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
    const memory = new WarningMemory();
    assert.deepEqual(memory.evaluate(NOW, [keyWith(4, NOW)]), ['low 5']);
    assert.deepEqual(memory.evaluate(NOW + MINUTE, [keyWith(15, NOW + MINUTE)]), []);
  });

  it('come again after a recovery by a margin, and not after a smaller one', () => {
    const memory = new WarningMemory();
    const look = (hour: number, percent: number) =>
      memory.evaluate(NOW + hour * HOUR, [keyWith(percent, NOW + hour * HOUR)]);
    assert.deepEqual(look(0, 19), ['low 20']);
    assert.deepEqual(look(2, 21.9), []);
    assert.deepEqual(look(4, 19), [], 'two points are the margin');
    assert.deepEqual(look(6, 22.1), []);
    assert.deepEqual(look(8, 19), ['low 20']);
  });

  it('of a figure that flaps come once an hour at most', () => {
    const memory = new WarningMemory();
    const said: number[] = [];
    for (let minute = 0; minute < 240; minute += 5) {
      const now = NOW + minute * MINUTE;
      if (memory.evaluate(now, [keyWith(minute % 10 === 0 ? 4 : 60, now)]).length > 0) said.push(minute);
    }
    assert.deepEqual(said, [0, 60, 120, 180]);
  });

  it('wait for the cooldown to be over when a figure falls for good within it', () => {
    const memory = new WarningMemory();
    const look = (minute: number, percent: number) =>
      memory.evaluate(NOW + minute * MINUTE, [keyWith(percent, NOW + minute * MINUTE)]);
    assert.deepEqual([look(0, 4), look(10, 60), look(20, 4), look(50, 4)], [['low 5'], [], [], []]);
    assert.deepEqual(look(60, 4), ['low 5']);
    assert.deepEqual([look(70, 60), look(80, 0)], [[], ['low 0']], 'what was not said yet does not wait');
  });

  it('count amounts by unit where no total is known', () => {
    const memory = new WarningMemory();
    const look = (balance: number, code: 'USD' | 'TOKENS', minute: number) =>
      memory.evaluate(NOW + minute * MINUTE, [
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
    assert.deepEqual([look(5, 'TOKENS', 130), look(0, 'TOKENS', 200)], [[], ['low 0']]);
  });

  it('come again for an amount only once it was above its threshold by more than a tenth', () => {
    const memory = new WarningMemory();
    const look = (balance: number, hour: number) => {
      const now = NOW + hour * HOUR;
      return memory.evaluate(now, [checkedKey(now, { reading: reading({ account: { balance } }) })]);
    };
    assert.deepEqual([look(0, 0), look(0.025, 2), look(0, 4)], [['low 0'], [], []]);
    assert.deepEqual([look(0.026, 6), look(0, 8)], [[], ['low 0']], 'a tenth of 0.25 is the margin');
  });

  it('come again for a key that was unlimited in between', () => {
    const memory = new WarningMemory();
    assert.deepEqual(memory.evaluate(NOW, [keyWith(15, NOW)]), ['low 20']);
    const later = NOW + 2 * HOUR;
    memory.evaluate(later, [
      checkedKey(later, { reading: reading({ quota: { unlimited: true, used: 85 } }) }),
    ]);
    assert.deepEqual(memory.evaluate(later + HOUR, [keyWith(15, later + HOUR)]), ['low 20']);
  });

  it('never come from a figure that is stale or whose last check failed', () => {
    const memory = new WarningMemory();
    const late = NOW + HOUR;
    const failing = keyWith(3, NOW, { failure: { class: 'transient', message: 'Away.' } });
    assert.deepEqual(memory.evaluate(NOW, [failing]), []);
    assert.deepEqual(memory.evaluate(late, [keyWith(0, NOW)]), [], 'no check for an hour');
    assert.deepEqual(memory.evaluate(late, [keyWith(3, NOW, { status: 'stale' })]), []);
    const usedUp = keyWith(0, NOW, {
      status: 'exhausted',
      failure: { class: 'transient', message: 'Away.' },
    });
    assert.deepEqual(memory.evaluate(NOW, [usedUp]), []);
    assert.equal(memory.marks.get('id-1')?.size ?? 0, 0);
    assert.deepEqual(memory.evaluate(late, [keyWith(3, late)]), ['low 5']);
  });

  it('do not end an episode by a failed check', () => {
    const memory = new WarningMemory();
    memory.evaluate(NOW, [keyWith(4, NOW)]);
    const later = NOW + 2 * HOUR;
    memory.evaluate(later, [keyWith(90, NOW, { failure: { class: 'transient', message: 'Away.' } })]);
    assert.deepEqual(memory.evaluate(later + MINUTE, [keyWith(4, later + MINUTE)]), []);
  });

  it('take the gateway’s word for used up, with figures or without', () => {
    const refused = { status: 'exhausted', failure: { class: 'exhausted', message: 'Used up.' } } as const;
    const memory = new WarningMemory();
    assert.deepEqual(memory.evaluate(NOW, [keyWith(30, NOW, refused)]), ['low 0']);
    const bare = { ...keyWith(30, NOW, { id: 'bare', ...refused }), reading: undefined };
    assert.deepEqual(memory.evaluate(NOW, [bare]), ['low 0']);
    assert.deepEqual(memory.evaluate(NOW + MINUTE, [bare]), []);
  });

  it('come where a mark of another version cannot be read', () => {
    for (const mark of ['no JSON', 'null', '{}', '{"at":"today"}']) {
      const memory = new WarningMemory();
      memory.marks.set('id-1', new Map([['low %:5', mark]]));
      assert.deepEqual(memory.evaluate(NOW, [keyWith(4, NOW)]), ['low 5'], mark);
    }
  });

  it('change nothing in the database where nothing has changed', () => {
    const memory = new WarningMemory();
    memory.evaluate(NOW, [keyWith(4, NOW)]);
    const subject = { key: keyWith(3, NOW + MINUTE), staleAfterMs: HOUR, fingerprint: 'f1' };
    const { due, markChanges } = evaluateRules([subject], memory.marks, RULES, NOW + MINUTE);
    assert.deepEqual([due, markChanges], [[], []]);
  });

  it('take no refusal for the present that is older than the reset of its budget', () => {
    const refused = (resets: number) => {
      const budget = { spent: 10, limit: 10, resetsAt: at(resets) };
      return keyOutputs(refusedAt(NOW, { budget }), SETTINGS, NOW + 2 * MINUTE).warnings;
    };
    assert.deepEqual(refused(MINUTE), []);
    assert.deepEqual(refused(3 * MINUTE), ['low 0']);
  });

  it('take none either that is older than the reset of the quota window that was used up', () => {
    const refused = (resets: number) => {
      const used = { name: '5h', unit: 'money', limit: 20, remaining: 0, resetsAt: at(resets) } as const;
      // Once the window has been reset, it is the balance that binds.
      const state = refusedAt(NOW, { windows: [used], account: { balance: 9 } });
      return keyOutputs(state, SETTINGS, NOW + 2 * MINUTE).warnings;
    };
    assert.deepEqual(refused(MINUTE), []);
    assert.deepEqual(refused(3 * MINUTE), ['low 0']);
  });

  it('come again for an amount after a total was told that leaves plenty, and not where it leaves little', () => {
    const look = (memory: WarningMemory, hour: number, figures: Partial<Reading>) => {
      const now = NOW + hour * HOUR;
      return memory.evaluate(now, [checkedKey(now, { reading: reading(figures) })]);
    };
    const [low, plenty] = [{ account: { balance: 0.5 } }, { quota: quota(80, 100) }];
    const memory = new WarningMemory();
    assert.deepEqual(
      [0, 2, 4].map(hour => look(memory, hour, hour === 2 ? plenty : low)),
      [['low 1'], [], ['low 1']],
    );
    const still = new WarningMemory();
    const little = { quota: quota(15, 100) };
    assert.deepEqual(
      [0, 2, 4].map(hour => look(still, hour, hour === 2 ? little : low)),
      [['low 1'], ['low 20'], []],
    );
  });

  it('come again for a second refusal as used up of a key of which nobody knows what is left', () => {
    const refused = { status: 'exhausted', failure: { class: 'exhausted', message: 'Used up.' } } as const;
    const unknown = { name: '5h', unit: 'money', limit: 20 } as const;
    for (const figures of [{}, { windows: [unknown] }]) {
      const memory = new WarningMemory();
      const look = (hour: number, more: Partial<KeyState>) => {
        const now = NOW + hour * HOUR;
        return memory.evaluate(now, [checkedKey(now, { reading: reading(figures), ...more })]);
      };
      assert.deepEqual(
        [look(0, refused), look(1, refused), look(2, {}), look(4, refused)],
        [['low 0'], [], [], ['low 0']],
      );
    }
  });

  it('do not come again where nobody knew for hours what is left, and come again after plenty', () => {
    const hours = (between: Partial<Reading>, low: Partial<Reading>) => {
      const memory = new WarningMemory();
      return [0, 2, 4].map(hour => {
        const now = NOW + hour * HOUR;
        return memory.evaluate(now, [checkedKey(now, { reading: reading(hour === 2 ? between : low) })]);
      });
    };
    const unlimited = { quota: { unlimited: true } };
    for (const [left, warning] of [
      [15, 'low 20'],
      [0, 'low 0'],
    ] as const) {
      const low = { quota: quota(left, 100) };
      assert.deepEqual(hours({}, low), [[warning], [], []]);
      assert.deepEqual(hours(unlimited, low), [[warning], [], [warning]]);
    }
    assert.deepEqual(hours({}, { account: { balance: 0.5 } }), [['low 1'], [], []]);
  });

  it('come again for a second refusal, though nobody knew in between what is left', () => {
    for (const [first, figures] of [
      ['low 20', { quota: quota(15, 100) }],
      ['low 1', { account: { balance: 0.5 } }],
    ] as const) {
      const memory = new WarningMemory();
      const refused = { status: 'exhausted', failure: { class: 'exhausted', message: 'Used up.' } } as const;
      const look = (hour: number, told: Partial<Reading>, more: Partial<KeyState> = {}) => {
        const now = NOW + hour * HOUR;
        return memory.evaluate(now, [checkedKey(now, { reading: reading(told), ...more })]).at(0);
      };
      const looks = [look(0, figures), look(2, figures, refused), look(4, {}), look(6, figures)];
      assert.deepEqual(
        [...looks, look(8, figures, refused)],
        [first, 'low 0', undefined, undefined, 'low 0'],
      );
    }
  });

  it('say nothing about unlimited keys and keys without figures', () => {
    const memory = new WarningMemory();
    const unlimited = checkedKey(NOW, { reading: reading({ quota: { unlimited: true, used: 9 } }) });
    assert.deepEqual(
      memory.evaluate(NOW, [unlimited, checkedKey(NOW, { id: 'none', reading: reading() })]),
      [],
    );
  });

  it('of a threshold added later do not come when the figure gets better', () => {
    const memory = new WarningMemory();
    memory.evaluate(NOW, [keyWith(15, NOW)]);
    const more = { ...RULES, percents: [50, 20, 5] };
    assert.deepEqual(memory.evaluate(NOW + MINUTE, [keyWith(15, NOW + MINUTE)], more), []);
    assert.deepEqual(memory.evaluate(NOW + 2 * HOUR, [keyWith(30, NOW + 2 * HOUR)], more), []);
  });
});

describe('warnings about quota windows', () => {
  const percent = (name: string, left: number, resetsAt: string): QuotaWindow => ({
    name,
    unit: 'percent',
    used: 100 - left,
    resetsAt,
  });
  const look = (memory: WarningMemory, hour: number, fiveHours: number, week: number) => {
    const now = NOW + hour * HOUR;
    const windows = [percent('5h', fiveHours, at(5 * HOUR)), percent('week', week, at(DAY))];
    return memory.evaluate(now, [checkedKey(now, { reading: reading({ windows }) })]);
  };

  it('are of the one that binds, and one that is used up mutes no other', () => {
    const memory = new WarningMemory();
    assert.deepEqual(look(memory, 0, 15, 60), ['low 20']);
    assert.deepEqual(look(memory, 1, 0, 60), ['low 0']);
    assert.deepEqual(look(memory, 2, 100, 15), ['low 20'], 'the week’s own, although 0 of 5 hours was said');
    assert.deepEqual(look(memory, 3, 100, 14), []);
  });

  it('come again in the next period, although another one was binding meanwhile', () => {
    const memory = new WarningMemory();
    assert.deepEqual(look(memory, 0, 15, 30), ['low 20']);
    assert.deepEqual(look(memory, 2, 100, 30), []);
    assert.deepEqual(look(memory, 4, 15, 30), ['low 20']);
  });

  it('are not about one that does not bind', () => {
    const memory = new WarningMemory();
    assert.deepEqual(look(memory, 0, 3, 15), ['low 5']);
    assert.equal(memory.shown.length, 1);
  });

  it('do not attribute a refusal to a window that has something left', () => {
    const memory = new WarningMemory();
    const windows = [percent('5h', 60, at(5 * HOUR))];
    const key = checkedKey(NOW, {
      reading: reading({ windows }),
      status: 'exhausted',
      failure: { class: 'exhausted', message: 'used up' },
    });
    assert.deepEqual(memory.evaluate(NOW, [key]), ['low 0']);
    assert.deepEqual([...(memory.marks.get(key.id)?.keys() ?? [])].sort(), [
      'low %:0',
      'low %:20',
      'low %:5',
    ]);
    const answered = checkedKey(NOW + 2 * HOUR, { reading: reading({ windows }) });
    assert.deepEqual(memory.evaluate(NOW + 2 * HOUR, [answered]), []);
    const again = checkedKey(NOW + 4 * HOUR, { ...key, checkedAt: at(4 * HOUR) });
    assert.deepEqual(
      memory.evaluate(NOW + 4 * HOUR, [again]),
      ['low 0'],
      'another refusal is another episode',
    );
  });

  it('come once where two of them have the same name', () => {
    const memory = new WarningMemory();
    const hours = [0, 2, 4].map(hour => {
      const now = NOW + hour * HOUR;
      const windows = [percent('5h', 15, at(9 * HOUR)), percent('5h', 90, at(9 * HOUR))];
      return memory.evaluate(now, [checkedKey(now, { reading: reading({ windows }) })]);
    });
    assert.deepEqual(hours, [['low 20'], [], []]);
  });

  it('lay a refusal at the door of what is used up: the window, or the amount', () => {
    const refused = { status: 'exhausted', failure: { class: 'exhausted', message: 'used up' } } as const;
    const memory = new WarningMemory();
    const windows = [percent('5h', 0, at(5 * HOUR)), percent('week', 60, at(DAY))];
    const marksOf = (figures: Partial<Reading>, id: string) => {
      memory.evaluate(NOW, [checkedKey(NOW, { id, reading: reading(figures), ...refused })]);
      return [...(memory.marks.get(id)?.keys() ?? [])].sort();
    };
    assert.deepEqual(marksOf({ windows }, 'a'), [
      'low % key  5h percent:0',
      'low % key  5h percent:20',
      'low % key  5h percent:5',
    ]);
    assert.deepEqual(marksOf({ account: { balance: 9 } }, 'b'), ['low USD:0', 'low USD:0.25', 'low USD:1']);
  });
});
