import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { CommandParts } from '../../../../../src/vscode/commands/commandParts.ts';
import type * as ReviewForm from '../../../../../src/vscode/commands/usage/reviewForm.ts';
import { ManualClock } from '../../../support/manualClock.ts';
import { useTimeZone } from '../../../support/timeZone.ts';
import { BACK_PRESSED, importWithStub, vscodeStub } from '../../../support/vscodeStub.ts';

const { askReview } = await importWithStub<typeof ReviewForm>('vscode/commands/usage/reviewForm.ts');

const KEYS = ['a', 'b', 'c'].map(id => ({ id, label: `Key ${id}`, origin: 'https://a.example' }));
const JUNE = Date.UTC(2026, 5, 15, 12);

type Given = string | readonly string[] | undefined;

describe('the way back in the form of a review', () => {
  useTimeZone('UTC');
  /** What the person answers, one after the other. */
  let answers: Given[];
  /** What each question had as its answer of before. */
  let before: (readonly string[])[];

  beforeEach(() => {
    before = [];
    const next = (known: readonly string[]) => {
      before.push(known);
      return answers.shift();
    };
    Object.assign(vscodeStub, {
      shown: [],
      lists: [],
      person: {
        picked: (_title: string, labels: readonly string[], ticked: readonly string[] = []) => {
          const answer = next(ticked);
          return typeof answer === 'string' && answer !== BACK_PRESSED
            ? labels.find(label => label.endsWith(answer))
            : answer;
        },
        typed: (_prompt: string, value: string) => next([value]),
      },
    });
  });
  afterEach(() => Object.assign(vscodeStub, { person: {} }));

  const ask = () =>
    askReview({
      monitor: { snapshot: KEYS },
      keyService: { keysById: () => new Map(KEYS.map(key => [key.id, key])) },
      clock: new ManualClock(JUNE),
    } as unknown as CommandParts);

  it('leads from each question to the one before, with its answer', async () => {
    answers = [
      ...['Two dates…', '2026-06-01', '2026-06-07', ['Key c'], [], '5'],
      // The reviewer, and so back to the list of ranges.
      ...[BACK_PRESSED, BACK_PRESSED, BACK_PRESSED, BACK_PRESSED, BACK_PRESSED, BACK_PRESSED],
      // Another range has no dates to ask for.
      ...['Yesterday', ['Key c'], ['Key c'], '7', ' Ada '],
    ];
    const { order } = (await ask()) ?? assert.fail();
    assert.deepEqual(before, [
      ...[[], ['2026-05-17'], ['2026-06-15'], ['Key a', 'Key b', 'Key c'], [], ['']],
      ...[[''], ['5'], [], ['Key c'], ['2026-06-07'], ['2026-06-01']],
      ...[[], ['Key c'], [], ['5'], ['']],
    ]);
    assert.deepEqual(order, {
      keys: KEYS.slice(2),
      range: { from: Date.UTC(2026, 5, 14), to: Date.UTC(2026, 5, 15) - 1 },
      reviewer: 'Ada',
      budget: { amount: 7 },
      idleKeys: ['c'],
    });
  });

  it('skips the dates that a preset left out', async () => {
    answers = ['Yesterday', BACK_PRESSED, undefined];
    assert.equal(await ask(), undefined);
    assert.deepEqual(before, [[], ['Key a', 'Key b', 'Key c'], []]);
  });

  it('takes no last day before the first, and no budget that is none', async () => {
    answers = ['Two dates…', '2026-06-05', '2026-06-01'];
    assert.equal(await ask(), undefined);
    assert.ok(vscodeStub.shown.includes('The range ends before it begins.'));
    answers = ['Yesterday', ['Key a'], [], '1,000'];
    assert.equal(await ask(), undefined);
    assert.ok(vscodeStub.shown.includes('A budget is an amount above zero, such as 200 or 200 USD.'));
  });
});
