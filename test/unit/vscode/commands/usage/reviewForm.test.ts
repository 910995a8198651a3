import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { removeTempFolders } from '../../../support/folders.ts';
import { REVIEW_FILES, ReviewSetup } from '../../../support/reviewSetup.ts';
import { type Person, vscodeStub } from '../../../support/vscodeStub.ts';

const FOLDER = 'memory:/chosen/budget-review-2026-06-16-2026-06-22';

/** The questions in their order. */
const QUESTIONS = [
  'range',
  'first day',
  'last day',
  'keys',
  'idle keys',
  'budget',
  'reviewer',
  'folder',
] as const;
type Question = (typeof QUESTIONS)[number];

describe('the form of a budget review', () => {
  let rig: ReviewSetup;
  /** What was asked. */
  let asked: Question[];

  beforeEach(async () => {
    rig = await ReviewSetup.open();
    asked = [];
    rig.setup.gateway.calls.length = 0;
    Object.assign(vscodeStub, { shown: [], handed: [], lists: [], existing: new Set() });
  });
  afterEach(async () => {
    Object.assign(vscodeStub, { person: {}, existing: new Set() });
    await rig.close();
    removeTempFolders();
  });

  /** A person who answers, by question; what is left out closes the form. */
  const personWith = (answers: Partial<Record<Question, string | readonly string[]>>): Person => {
    const answer = (question: Question) => {
      asked.push(question);
      return answers[question];
    };
    return {
      picked: (_title, labels) => {
        if (labels.some(label => label.endsWith('Two dates…'))) {
          const wanted = answer('range');
          return labels.find(label => label.endsWith(String(wanted)));
        }
        return answer(asked.includes('keys') ? 'idle keys' : 'keys');
      },
      typed: prompt =>
        answer(
          prompt.startsWith('First day')
            ? 'first day'
            : prompt.startsWith('Last day')
              ? 'last day'
              : prompt.startsWith('What was the budget')
                ? 'budget'
                : 'reviewer',
        ) as string | undefined,
      folder: () => answer('folder') as string | undefined,
    };
  };
  const ANSWERS: Readonly<Record<Question, string | readonly string[]>> = {
    range: 'Two dates…',
    'first day': '2026-06-16',
    'last day': '2026-06-22',
    keys: ['Alice'],
    'idle keys': ['Alice'],
    budget: '2 USD',
    reviewer: ' Me ',
    folder: '/chosen',
  };
  const run = () => rig.setup.run('createBudgetReview', undefined);
  const written = () =>
    vscodeStub.handed.flatMap(([to, member, args]) =>
      to === 'a file system' && member === 'writeFile' ? [String((args as unknown[])[0])] : [],
    );

  for (const [at, question] of QUESTIONS.entries()) {
    it(`asks and writes nothing more where it is closed at the question for: ${question}`, async () => {
      vscodeStub.person = personWith({ ...ANSWERS, [question]: undefined });
      assert.equal(await run(), undefined);
      assert.deepEqual(asked, QUESTIONS.slice(0, at + 1));
      assert.deepEqual([written(), rig.setup.gateway.calls], [[], []]);
    });
  }

  it('goes no further without a key to review', async () => {
    vscodeStub.person = personWith({ ...ANSWERS, keys: [] });
    assert.equal(await run(), undefined);
    assert.deepEqual(asked, QUESTIONS.slice(0, 4));
  });

  it('asks which of the reviewed keys should have been idle, where none is an answer', async () => {
    vscodeStub.person = personWith({ ...ANSWERS, keys: ['team'], 'idle keys': [], budget: '', reviewer: '' });
    assert.ok(await run());
    assert.deepEqual(asked, QUESTIONS);
    const labels = vscodeStub.lists.map(list => list.map(({ label }) => label));
    assert.deepEqual(labels.slice(1), [['team', 'Alice'], ['team']]);
  });

  it('writes the review that it was asked for into a new folder, and offers to open it', async () => {
    vscodeStub.existing = new Set(['/chosen/budget-review-2026-06-16-2026-06-22/usage.csv']);
    const person = personWith(ANSWERS);
    vscodeStub.person = { ...person, asked: (_message, _detail, [open]) => open };
    const files = REVIEW_FILES.map(name => `${FOLDER} (2)/${name}`);
    assert.deepEqual(await run(), { files });
    await turn();
    assert.deepEqual(written().toSorted(), files.toSorted());
    assert.ok(vscodeStub.shown.includes('Budget review written: 6 files.'));
    assert.deepEqual(
      vscodeStub.handed.filter(([to]) => to === 'a command').map(([, id, args]) => [id, String(args)]),
      [['markdown.showPreview', `${FOLDER} (2)/review.md`]],
    );
    const [review = ''] = vscodeStub.handed.flatMap(([, member, args]) =>
      member === 'writeFile' ? [String((args as unknown[])[1])] : [],
    );
    assert.match(review, /Reviewer: Me\b/);
    assert.match(review, /Budget: \$2\.00/);
    assert.match(review, /Alice: \$2\.60 spent, though no spend was expected\./);
  });

  it('opens nothing that nobody asked for', async () => {
    vscodeStub.person = personWith(ANSWERS);
    await run();
    await turn();
    assert.deepEqual(
      vscodeStub.handed.filter(([to]) => to === 'a command'),
      [],
    );
  });
});
