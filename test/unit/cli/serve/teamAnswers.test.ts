import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { TeamAnswers } from '../../../../src/cli/serve/teamAnswers.ts';
import type { KeyState } from '../../../../src/core/quota/keyState.ts';
import type { TeamAnswer } from '../../../../src/core/team/teamAnswer.ts';

const NOW = Date.parse('2026-11-02T10:00:00.000Z');

function state(id: string, label: string, more: Partial<KeyState> = {}): KeyState {
  return {
    ...{ id, label, kind: 'newApi', origin: 'https://gw.example', credential: 'apiKey' },
    ...{ pinned: false, status: 'ok' },
    ...more,
  };
}

describe('the answer of a team server to a reader', () => {
  const account = { id: 'record-a', label: 'Account' };
  let now = NOW;
  let snapshot: readonly KeyState[] = [
    state('record-a', 'Account', { credential: 'accessToken' }),
    state('record-b', 'ML batch', { readFrom: account, listedBy: account }),
    state('record-c', 'Former'),
  ];
  const ids = new Map([
    ['record-a', 'a'.repeat(16)],
    ['record-b', 'b'.repeat(16)],
  ]);
  const answers = new TeamAnswers({
    monthBegins: () => 1,
    salt: 'the salt',
    ids,
    snapshot: () => snapshot,
    now: () => now,
  });
  const reader = (...patterns: string[]) => ({ name: 'some', token: '', patterns });
  const answered = (of: ReturnType<typeof reader>): TeamAnswer =>
    JSON.parse([answers.answerFor(of, undefined).text].flat().join('')) as TeamAnswer;

  it('has its schema, its time and its salt', () => {
    const { keys, ...head } = answered(reader('*'));
    const today = new Date(2026, 10, 2).toISOString();
    const days = { today, monthBegins: 1 };
    assert.deepEqual(head, {
      ...{ schema: 'key-quota/team/1', at: '2026-11-02T10:00:00.000Z', salt: 'the salt' },
      ...days,
    });
    assert.equal(keys.length, 2);
  });

  it('is none while nothing could be read of what is configured: readers would take their lines for gone', () => {
    const before = snapshot;
    snapshot = [];
    const { status, headers } = answers.answerFor(reader('*'), undefined);
    assert.equal(answers.unread?.status, 503);
    snapshot = before;
    assert.deepEqual([status, headers, answers.unread], [503, {}, undefined]);
    assert.equal(answered(reader('*')).keys.length, 2);
  });

  it('has no id of a record, nor a key that is not configured', () => {
    const text = JSON.stringify(answered(reader('*')));
    assert.ok(!text.includes('record-') && !text.includes('Former'));
  });

  it('names the account that a key was read from to those alone who may see it', () => {
    const [, batch] = answered(reader('*')).keys;
    assert.deepEqual(batch?.readFrom, { id: 'a'.repeat(16), label: 'Account' });
    assert.deepEqual(batch?.listedBy, batch?.readFrom);
    const [alone] = answered(reader('ML *')).keys;
    assert.equal(alone?.label, 'ML batch');
    assert.ok(alone && !('readFrom' in alone) && !('listedBy' in alone));
  });

  it('names of an account’s keys those that the reader’s patterns fit, and counts the others', () => {
    const listed = ['ML batch', 'ML chat', 'Payroll'].map(name => ({ id: `digest of ${name}`, name }));
    const reading = {
      takenAt: '2026-11-02T09:00:00.000Z',
      unit: { code: 'USD', source: 'gateway' },
    } as const;
    const before = snapshot;
    const seenBy = (more: object, ...patterns: string[]) => {
      snapshot = [state('record-a', 'ML account', { reading: { ...reading, accountKeys: listed, ...more } })];
      const [key] = answered(reader(...patterns)).keys;
      const { accountKeys, accountKeysMissing } = key?.reading ?? {};
      return [accountKeys?.map(({ name }) => name), accountKeysMissing];
    };
    assert.deepEqual(seenBy({}, '*'), [['ML batch', 'ML chat', 'Payroll'], undefined]);
    assert.doesNotMatch(JSON.stringify(answered(reader('*'))), /digest/);
    assert.deepEqual(seenBy({}, 'ML *'), [['ML batch', 'ML chat'], { total: 3 }]);
    assert.deepEqual(seenBy({ accountKeysMissing: { total: 9 } }, 'ML *')[1], { total: 9 });
    assert.deepEqual(seenBy({ accountKeysMissing: {} }, 'ML *')[1], {});
    assert.deepEqual(seenBy({}, 'ML account'), [undefined, undefined]);
    snapshot = before;
  });

  it('has another tag on another day, by which the same figures mean something else', () => {
    const all = reader('*');
    const tag = answers.answerFor(all, undefined).headers?.etag;
    now += 24 * 3_600_000;
    assert.equal(answers.answerFor(all, tag).status, 200);
    assert.equal(answered(all).today, new Date(2026, 10, 3).toISOString());
    now = NOW;
    assert.equal(answers.answerFor(all, tag).status, 304);
  });

  it('is known again by its tag in a list, without its W/, and by *', () => {
    const all = reader('*');
    const tag = answers.answerFor(all, undefined).headers?.etag ?? '';
    const statusFor = (known: string) => answers.answerFor(all, known).status;
    for (const known of [tag, `W/"x", ${tag}`, tag.slice(2), `"x",${tag.slice(2)}`, '*', ' * '])
      assert.equal(statusFor(known), 304, known);
    for (const known of ['', '"x"', `${tag}x`, tag.slice(3, -1), 'W/'])
      assert.equal(statusFor(known), 200, known);
  });

  it('has another tag for another snapshot, and for other keys', () => {
    const all = reader('*');
    const tag = answers.answerFor(all, undefined).headers?.etag;
    assert.match(tag ?? '', /^W\/"[\w-]{43}"$/);
    assert.equal(answers.answerFor(all, tag).status, 304);
    assert.notEqual(answers.answerFor(reader('ML *'), undefined).headers?.etag, tag);
    snapshot = snapshot.map(each => (each.id === 'record-b' ? { ...each, status: 'low' as const } : each));
    assert.deepEqual(
      answered(all).keys.map(({ label, status }) => [label, status]),
      [
        ['Account', 'ok'],
        ['ML batch', 'low'],
      ],
    );
    snapshot = [...snapshot.slice(0, 1)];
    assert.equal(answers.answerFor(all, tag).status, 200);
  });
});
