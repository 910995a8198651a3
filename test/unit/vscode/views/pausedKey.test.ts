import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { needsAttention, sortedByAttention } from '../../../../src/core/quota/attention.ts';
import { expiriesOf } from '../../../../src/core/quota/expiries.ts';
import type { KeyRecord } from '../../../../src/core/quota/key.ts';
import type { KeyState } from '../../../../src/core/quota/keyState.ts';
import { situationOf } from '../../../../src/core/quota/situation.ts';
import { keyStateOf } from '../../../../src/services/polling/keyStateOf.ts';
import { labelNames } from '../../../../src/services/tools/keyNames.ts';
import { quotaAnswer } from '../../../../src/services/tools/quotaAnswer.ts';
import { statusBarText } from '../../../../src/vscode/statusBar/statusBarText.ts';
import { treeNodes } from '../../../../src/vscode/tree/treeNodes.ts';
import { tooltipMarkdown } from '../../../../src/vscode/views/tooltip.ts';
import { hoverText } from '../../support/hoverText.ts';
import { at, DAY, HOUR, keyState, MINUTE, NOW, quota, reading } from '../../support/samples.ts';
import { SETTINGS } from '../../support/testWindow.ts';
import { endingKey, keyWith, WarningMemory } from '../../support/warnings.ts';

const PAUSED = { failure: { class: 'paused', message: 'Paused.' }, nextCheckAt: undefined } as const;

const KEY: KeyRecord = {
  ...{ id: 'k', label: 'Team', kind: 'newApi', baseUrl: 'https://gw.example' },
  ...{ credential: 'apiKey', fingerprint: 'f', pinned: false, createdAt: NOW },
};

/** A key that was paused two hours ago, when $15.00 of $20.00 were left. */
const pausedKey = (more: Partial<KeyState> = {}) =>
  keyState({
    id: 'paused',
    label: 'Rest',
    status: 'stale',
    reading: reading({ takenAt: at(-2 * HOUR), quota: quota(15, 20) }),
    ...PAUSED,
    ...more,
  });

const lineOf = (key: KeyState, now = NOW) => treeNodes([key], now)[0]?.children[0];

describe('what is shown of a key whose checks are paused', () => {
  it('is its figure, that it is paused, and since when the figure is, which goes on', () => {
    const line = lineOf(pausedKey());
    assert.equal(line?.label, '$15.00 · Rest');
    assert.equal(line?.description, 'checks paused, as of 2 hours ago');
    assert.equal(lineOf(pausedKey(), NOW + HOUR)?.description, 'checks paused, as of 3 hours ago');
    assert.deepEqual([line?.icon, line?.color], ['debug-pause', undefined]);
    assert.equal(
      line?.spoken,
      'Rest, out of date, $15.00 of $20.00 (75%) left, checks paused, as of 2 hours ago',
    );
    assert.match(line?.context ?? '', /\bpaused\b/);
    assert.doesNotMatch(line?.context ?? '', /\bchecked\b/);
    const next = line?.children.find(({ id }) => id.endsWith(':next'));
    assert.equal(next?.description, 'paused until you resume the checks');
  });

  it('is what the gateway said last, beside that', () => {
    const description = (status: KeyState['status'], more: Partial<KeyState> = {}) =>
      lineOf(pausedKey({ status, ...more }))?.description;
    assert.equal(description('invalid'), 'not accepted · checks paused, as of 10:00 AM');
    assert.equal(description('ok'), 'checks paused, as of 10:00 AM');
    assert.equal(description('unknown', { reading: undefined }), 'checks paused');
  });

  it('offers to pause a key that is checked, and to resume one that is not', () => {
    assert.match(lineOf(keyState())?.context ?? '', /\bchecked\b/);
    assert.doesNotMatch(lineOf(keyState())?.context ?? '', /\bpaused\b/);
  });

  it('stands in the tooltip with its age, which is said once', () => {
    const cardOf = (key: KeyState) => hoverText(tooltipMarkdown([key], NOW)).cards[0];
    const { icon, name, line } = cardOf(pausedKey()) ?? {};
    assert.deepEqual([icon, name, line], ['debug-pause', 'Rest', 'checks paused, as of 2 hours ago']);
    assert.match(cardOf(pausedKey({ status: 'ok' }))?.line ?? '', /^checks paused, as of/);
  });

  it('is no alarm: not in the badge, not in color, and last', () => {
    const used = pausedKey({ status: 'exhausted', reading: reading({ quota: quota(0, 20) }) });
    assert.equal(needsAttention(used, NOW), false);
    assert.equal(needsAttention(keyState({ status: 'exhausted' }), NOW), true);
    assert.equal(statusBarText([used], NOW).background, undefined);
    assert.equal(statusBarText([keyState({ status: 'exhausted' })], NOW).background, 'error');
    const fine = keyState({ id: 'fine', label: 'Fine' });
    assert.deepEqual(
      sortedByAttention([used, fine], NOW).map(({ id }) => id),
      ['fine', 'paused'],
    );
  });

  it('neither leads the status bar nor is counted beside the key that does', () => {
    const used = pausedKey({ status: 'invalid', forecast: { perDay: 0, confidence: 'good' } });
    const fine = keyState({ label: 'Fine' });
    assert.equal(statusBarText([used, fine], NOW).text, '$(key) Fine · $15.00');
    // Nobody uses this one either, but it is checked, so it is the one to speak of.
    const other = keyState({
      id: 'other',
      label: 'Other',
      status: 'invalid',
      forecast: { perDay: 0, confidence: 'good' },
    });
    assert.equal(statusBarText([used, other], NOW).text, '$(lock) Other · $15.00 · not accepted');
    assert.equal(
      statusBarText([pausedKey()], NOW).text,
      '$(debug-pause) Rest · $15.00 · checks paused, as of 2 hours ago',
    );
    assert.match(statusBarText([fine, pausedKey({ pinned: true })], NOW).text, /^\$\(debug-pause\) Rest/);
  });

  it('is in the list of what has ended where its gateway said so before, whatever date it told', () => {
    const ended = pausedKey({ status: 'expired', reading: reading({ expiresAt: at(2 * DAY) }) });
    assert.deepEqual(
      expiriesOf([ended], NOW).map(({ expired }) => expired),
      [true],
    );
  });

  it('is what makes it unusable, also when the gateway said so before', () => {
    const { reading: last } = pausedKey();
    const failure = { class: 'disabled', reason: 'key-disabled' } as const;
    const state = { keyId: 'k', reading: last, failure, failures: 1, dueAt: NOW, checkedAt: NOW };
    const key = { ...KEY, pausedAt: NOW };
    const { status, failure: told } = keyStateOf({ key, state, intervalMs: 5 * MINUTE }, SETTINGS, NOW);
    assert.deepEqual([status, told?.class], ['disabled', 'paused']);
  });

  it('makes no situation in which all keys fail', () => {
    assert.equal(situationOf([pausedKey()]), 'fine');
    const failing = keyState({ status: 'stale', failure: { class: 'transient', message: '' } });
    assert.equal(situationOf([failing, pausedKey()]), 'allFailing');
  });

  it('is told to agents as their problem', () => {
    const answer = quotaAnswer([pausedKey()], {}, labelNames(new Map()), false, NOW);
    assert.deepEqual([answer.keys[0]?.problem, answer.keys[0]?.status], ['paused', 'stale']);
    assert.equal(answer.keys[0]?.figures?.takenAt, at(-2 * HOUR));
  });
});

describe('warnings of a key whose checks are paused', () => {
  it('are none of what is left, or of a refusal', () => {
    assert.deepEqual(new WarningMemory().evaluate(NOW, [keyWith(4, NOW, PAUSED)]), []);
    assert.deepEqual(new WarningMemory().evaluate(NOW, [keyWith(4, NOW)]), ['low 5']);
    assert.deepEqual(
      new WarningMemory().evaluate(NOW, [keyWith(50, NOW, { ...PAUSED, status: 'invalid' })]),
      [],
    );
  });

  it('are those of an end that is known, however long ago it was asked', () => {
    const ending = endingKey(10 * DAY, NOW, { ...PAUSED, status: 'stale' });
    const memory = new WarningMemory();
    assert.deepEqual(memory.evaluate(NOW + DAY, [ending]), []);
    assert.deepEqual(memory.evaluate(NOW + 4 * DAY, [ending]), ['expiry 7']);
    assert.deepEqual(memory.evaluate(NOW + 11 * DAY, [ending]), [], 'whether it has ended nobody knows');
  });

  it('are not said again of an end without a date that was said before', () => {
    const memory = new WarningMemory();
    const refused = keyWith(50, NOW, { status: 'expired', failure: { class: 'expired', message: '' } });
    assert.deepEqual(memory.evaluate(NOW, [refused]), ['expiry 0']);
    assert.deepEqual(memory.evaluate(NOW + MINUTE, [keyWith(50, NOW, { ...PAUSED, status: 'expired' })]), []);
    assert.deepEqual(memory.evaluate(NOW + 2 * MINUTE, [refused]), []);
  });
});
