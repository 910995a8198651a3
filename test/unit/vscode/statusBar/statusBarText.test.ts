import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { KeyState } from '../../../../src/core/quota/keyState.ts';
import type { Status } from '../../../../src/core/quota/statusName.ts';
import { clockText } from '../../../../src/text/time.ts';
import { DEFAULT_LOOK } from '../../../../src/vscode/host/statusBarLook.ts';
import { leadingKey, statusBarText } from '../../../../src/vscode/statusBar/statusBarText.ts';
import { tooltipMarkdown } from '../../../../src/vscode/views/tooltip.ts';
import { at, DAY, HOUR, keyState, NOW, quota, reading } from '../../support/samples.ts';

const text = (...keys: KeyState[]) => statusBarText(keys, NOW).text;

describe('the status bar item', () => {
  it('without keys offers to add one', () => {
    const item = statusBarText([], NOW);
    assert.equal(item.text, '$(key) Add API key');
    assert.equal(item.spoken, 'Key Quota: no keys yet. Add one.');
    assert.equal(item.command, 'keyQuota.addKey');
    assert.equal(item.background, undefined);
  });

  const BY_STATUS: Readonly<Record<Status, readonly [text: string, background?: 'warning' | 'error']>> = {
    ok: ['$(key) Team · $15.00'],
    low: ['$(warning) Team · $15.00 · low', 'warning'],
    exhausted: ['$(error) Team · $15.00 · used up', 'error'],
    expired: ['$(calendar) Team · $15.00 · expired', 'error'],
    disabled: ['$(circle-slash) Team · $15.00 · disabled'],
    invalid: ['$(lock) Team · $15.00 · not accepted'],
    stale: ['$(history) Team · $15.00 · as of just now'],
    unknown: ['$(question) Team · $15.00 · no figures yet'],
  };
  for (const [status, [shown, background]] of Object.entries(BY_STATUS)) {
    it(`${status}: ${shown}`, () => {
      const item = statusBarText([keyState({ status: status as Status })], NOW);
      assert.equal(item.text, shown);
      assert.equal(item.background, background);
      assert.equal(item.command, 'keyQuota.showKeys');
    });
  }

  const STATES: readonly [what: string, state: Partial<KeyState>, shown: string][] = [
    [
      'a key that is refused as used up while its last figure was another',
      {
        status: 'exhausted',
        failure: { class: 'exhausted', message: 'x' },
        reading: reading({ takenAt: at(-2 * HOUR), quota: quota(3.42, 20) }),
      },
      '$(error) Team · $3.42 · used up · as of 10:00 AM',
    ],
    ['a new key', { status: 'unknown', reading: undefined }, '$(question) Team · no figures yet'],
    [
      'a key that never answered',
      { status: 'unknown', reading: undefined, failure: { class: 'transient', message: 'x' } },
      '$(question) Team · no answer',
    ],
    [
      'an unlimited key',
      { reading: reading({ quota: { unlimited: true, used: 1.5052 } }) },
      '$(key) Team · ∞ · used $1.51',
    ],
    [
      'a key that ends soon',
      { reading: reading({ quota: quota(15, 20), expiresAt: at(3 * DAY) }) },
      '$(key) Team · $15.00 · expires in 3 days',
    ],
    [
      'a figure that has grown old',
      { status: 'stale', reading: reading({ quota: quota(15, 20), takenAt: at(-10 * HOUR) }) },
      '$(history) Team · $15.00 · as of 10 hours ago',
    ],
    [
      'a refresh that failed',
      {
        failure: { class: 'transient', message: 'x' },
        reading: reading({ quota: quota(15, 20), takenAt: at(-HOUR) }),
      },
      `$(key) Team · $15.00 · check failed, as of ${clockText(at(-HOUR), NOW)}`,
    ],
    [
      'a key that ends in a century',
      { reading: reading({ quota: quota(15, 20), expiresAt: '2100-01-01T00:00:00.000Z' }) },
      '$(key) Team · $15.00',
    ],
    [
      'an assumed unit',
      { reading: reading({ quota: quota(15, 20), unit: { code: 'USD', source: 'default' } }) },
      '$(key) Team · ≈ $15.00',
    ],
    [
      "the gateway's raw units",
      { reading: reading({ quota: quota(100_000), unit: { code: 'UNITS', source: 'default' } }) },
      '$(key) Team · 100K units',
    ],
    ['a label with an icon in it', { label: 'a $(trash) b' }, '$(key) a $ (trash) b · $15.00'],
    [
      "a gateway's symbol with an icon in it",
      {
        reading: reading({ quota: quota(1), unit: { code: 'CUSTOM', symbol: '$(bug)', source: 'gateway' } }),
      },
      '$(key) Team · $ (bug)1.00',
    ],
    ['a label of 24 characters', { label: 'L'.repeat(24) }, `$(key) ${'L'.repeat(24)} · $15.00`],
    ['a label of 25 characters', { label: 'L'.repeat(25) }, `$(key) ${'L'.repeat(23)}… · $15.00`],
    ['a long label of emoji', { label: '🚀'.repeat(30) }, `$(key) ${'🚀'.repeat(23)}… · $15.00`],
  ];
  for (const [what, state, shown] of STATES) {
    it(`${what}: ${shown}`, () => assert.equal(text(keyState(state)), shown));
  }

  it('is spoken whole, with the label uncut and the share left', () => {
    const label = 'A key with a label too long for the bar';
    const { spoken } = statusBarText([keyState({ label, reading: reading({ quota: quota(15, 20) }) })], NOW);
    assert.match(
      spoken,
      /^Key Quota: A key with a label too long for the bar, ok, \$15\.00 of \$20\.00 \(75%\) left, updated [\d: ]+[AP]M$/,
    );
  });
});

describe('the key the item speaks of', () => {
  const ok = keyState({ id: 'ok', label: 'ok' });
  const low = keyState({ id: 'low', label: 'low', status: 'low' });
  const used = keyState({ id: 'used', label: 'used', status: 'exhausted' });
  const leading = (...keys: KeyState[]) => leadingKey(keys, NOW)?.id;

  it('is the one that needs attention most', () => {
    assert.equal(leading(ok, low, used), 'used');
    assert.equal(leading(low, ok), 'low');
  });

  it('is the pinned one, whatever the others need', () => {
    assert.equal(leading({ ...ok, pinned: true }, low, used), 'ok');
  });

  it('is the most urgent of several pinned ones', () => {
    assert.equal(leading({ ...ok, pinned: true }, { ...low, pinned: true }, used), 'low');
  });

  describe('beside keys that nobody uses any more', () => {
    const spending = (perDay: number) => ({ forecast: { perDay, confidence: 'fair' } as const });
    const inUse = Array.from({ length: 10 }, (_, index) =>
      keyState({ id: `use-${index}`, label: `use ${index}`, ...spending(2) }),
    );
    const DEAD = ['exhausted', 'expired', 'invalid', 'disabled'] as const;

    for (const status of DEAD) {
      it(`is one in use, and the ${status} one is counted`, () => {
        const dead = keyState({ id: 'dead', label: 'dead', status });
        const item = statusBarText([dead, ...inUse], NOW, DEFAULT_LOOK, tooltipMarkdown);
        assert.equal(item.text, '$(key) use 0 · $15.00 +1 $(warning)');
        assert.equal(item.background, undefined);
        assert.match(item.spoken, /, others that need attention: 1$/);
        assert.match(item.tooltip ?? '', /\n\nand 5 more, 1 needs attention\n/);
      });
    }

    it('a key that was in use until it was used up leads', () => {
      const died = keyState({ id: 'died', label: 'died', status: 'exhausted', ...spending(3) });
      assert.equal(statusBarText([died, ...inUse], NOW).text, '$(error) died · $15.00 · used up');
      assert.equal(statusBarText([died, ...inUse], NOW).background, 'error');
      const idle = keyState({ id: 'idle', label: 'idle', status: 'exhausted', ...spending(0) });
      assert.equal(
        statusBarText([died, idle, ...inUse], NOW).text,
        '$(error) died · $15.00 · used up +1 $(warning)',
      );
    });

    it('a key that has not answered with figures for days is in use no more', () => {
      const old = reading({ quota: quota(15, 20), takenAt: at(-3 * DAY) });
      const dead = keyState({ id: 'dead', label: 'dead', status: 'invalid', reading: old, ...spending(3) });
      assert.equal(leading(dead, ok), 'ok');
      const young = reading({ quota: quota(15, 20), takenAt: at(-3 * DAY + 1) });
      assert.equal(leading({ ...dead, reading: young }, ok), 'dead');
    });

    it('is one of them where there is no other, without holding the bar in red', () => {
      const dead = keyState({ id: 'dead', label: 'dead', status: 'exhausted', ...spending(0) });
      const { text, background } = statusBarText([dead], NOW);
      assert.deepEqual([text, background], ['$(error) dead · $15.00 · used up', undefined]);
    });

    it('counts all others that need attention, and none whose checks are paused', () => {
      const low = keyState({ id: 'low', label: 'low', status: 'low' });
      const paused = keyState({ id: 'rest', status: 'low', failure: { class: 'paused', message: '' } });
      const pinned = keyState({ id: 'pin', label: 'pin', pinned: true });
      const old = keyState({ id: 'old', status: 'stale' });
      const item = statusBarText([pinned, low, paused, old], NOW);
      assert.equal(item.text, '$(key) pin · $15.00 +2 $(warning)');
      assert.match(item.spoken, /, others that need attention: 2$/);
      assert.equal(statusBarText([pinned, paused], NOW).text, '$(key) pin · $15.00');
    });
  });

  it('does not depend on their order, and leaves it alone', () => {
    const keys = Object.freeze([ok, used, low]);
    assert.equal(leadingKey(keys, NOW)?.id, 'used');
    assert.equal(leadingKey([...keys].reverse(), NOW)?.id, 'used');
  });
});
