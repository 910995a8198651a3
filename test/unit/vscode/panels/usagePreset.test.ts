import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { withNextChange } from '../../../../src/core/nextChange.ts';
import { isStillPreset, presetOf } from '../../../../src/vscode/panels/usagePreset.ts';
import { at, DAY, HOUR, MINUTE, NOW } from '../../support/samples.ts';
import { useTimeZone } from '../../support/timeZone.ts';

const TODAY = { from: '2026-06-15', to: '2026-06-15' };
const LAST_DAY = { from: at(-DAY), to: at(0) };

describe('the preset that a range is', () => {
  useTimeZone('UTC');

  it('is that with these ends', () => {
    assert.equal(presetOf(TODAY, NOW), 'today');
    assert.equal(presetOf({ from: '2026-06-09', to: '2026-06-15' }, NOW), 'last-7-days');
    assert.equal(presetOf(TODAY, NOW + DAY), 'yesterday');
    assert.equal(presetOf({ ...TODAY, from: '2026-06-14' }, NOW), undefined);
    assert.equal(presetOf({ ...TODAY, to: '2026-06-16' }, NOW), undefined);
  });

  it('is the last 24 hours for some minutes, though these go on', () => {
    assert.equal(presetOf(LAST_DAY, NOW), 'last-24-hours');
    assert.equal(presetOf(LAST_DAY, NOW + 5 * MINUTE - 1), 'last-24-hours');
    assert.equal(presetOf(LAST_DAY, NOW + 5 * MINUTE), undefined);
    assert.equal(presetOf({ ...LAST_DAY, from: at(-DAY + 1) }, NOW), undefined);
    assert.equal(
      presetOf({ from: '2026-06-14', to: '2026-06-15' }, Date.UTC(2026, 5, 15, 0, 2)),
      undefined,
      'two days are no 24 hours',
    );
  });

  it('stays until its ends are others', () => {
    assert.equal(isStillPreset('today', TODAY, NOW), true);
    assert.equal(isStillPreset('today', TODAY, NOW + 12 * HOUR - 1), true);
    assert.equal(isStillPreset('today', TODAY, NOW + 12 * HOUR), false);
    assert.equal(isStillPreset('today', { ...TODAY, from: '2026-06-14' }, NOW), false);
    assert.equal(isStillPreset('today', { ...TODAY, to: '2026-06-16' }, NOW), false);
    assert.equal(isStillPreset('last-24-hours', LAST_DAY, NOW + 5 * MINUTE - 1), true);
    assert.equal(isStillPreset('last-24-hours', LAST_DAY, NOW + 5 * MINUTE), false);
  });

  it('says when that changes', () => {
    const until = (...asked: Parameters<typeof isStillPreset>) =>
      withNextChange(() => isStillPreset(...asked)).until;
    assert.equal(until('today', TODAY, NOW), NOW + 12 * HOUR);
    assert.equal(until('last-24-hours', LAST_DAY, NOW), NOW + 5 * MINUTE);
  });
});
