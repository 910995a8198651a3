import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { hasSpendWithoutModel, type LookInto, lookedAt } from '../../../src/core/panels/lookInto.ts';
import type { UsageReport } from '../../../src/core/usage/usageReport.ts';
import { lookBar } from '../../../src/webview/usage/lookBar.ts';
import { partRows } from '../../../src/webview/usage/parts.ts';
import { shownSections } from '../../../src/webview/usage/shownFigures.ts';
import {
  FIRST_VIEW,
  lookingBack,
  lookingInto,
  type ViewState,
} from '../../../src/webview/usage/viewState.ts';
import { listeners, markup, templateText } from './templateText.ts';
import { report, sectionOf } from './usageReports.ts';

const looked = (id: string) => ({ id, name: id });
const CELLS = [
  { at: '2026-06-01', key: 'cline', model: 'gpt', used: 1, requests: 2 },
  { at: '2026-06-01', key: 'roo', model: 'gpt', used: 2, requests: 1 },
  { at: '2026-06-02', key: 'cline', model: 'claude', used: 4, requests: 1 },
  { at: '2026-06-02', key: 'cline', used: 0.5, requests: 1 },
];
const TEAM = report({ total: { used: 7.5, requests: 5 }, timeline: { step: 'day', cells: CELLS } });
const MINE = report({
  scope: { key: 'Mine' },
  keyId: 'mine',
  total: { used: 3 },
  byDay: [{ name: '2026-06-01', used: 3 }],
  byModel: [
    { name: 'gpt', used: 1 },
    { name: 'qwen', used: 2 },
  ],
});
const totals = (only: LookInto, ...reports: readonly UsageReport[]) =>
  lookedAt(reports, only).map(({ keyId, total }) => [keyId, total?.used]);

describe('looking into a key or a model', () => {
  it('has the reports as they are where it looks into nothing', () => {
    assert.deepEqual(lookedAt([TEAM, MINE], {}), [TEAM, MINE]);
  });

  it('has one key of an account, or the whole report of a key', () => {
    assert.deepEqual(totals({ key: looked('team\ncline') }, TEAM, MINE), [['team', 5.5]]);
    assert.deepEqual(lookedAt([TEAM, MINE], { key: looked('mine') }), [MINE]);
    const [part] = lookedAt([TEAM], { key: looked('team\ncline') });
    assert.deepEqual(part?.total, { used: 5.5, requests: 4, tokens: undefined });
    assert.equal(part?.byDay, undefined, 'sums of all keys are none of this one');
    const rows = partRows(sectionOf(part ?? TEAM), 'model', 'day').map(({ id, used }) => [id, used]);
    assert.deepEqual(rows, [
      ['claude', 4],
      ['gpt', 1],
      ['', 0.5],
    ]);
  });

  it('has one model of every report that tells it', () => {
    assert.deepEqual(totals({ model: looked('gpt') }, TEAM, MINE), [
      ['team', 3],
      ['mine', 1],
    ]);
    assert.deepEqual(totals({ model: looked('nobody’s') }, TEAM, MINE), [
      ['team', 0],
      ['mine', 0],
    ]);
    assert.deepEqual(totals({ model: looked('') }, TEAM), [['team', 0.5]], 'what has no model');
    assert.deepEqual(totals({ key: looked('team\ncline'), model: looked('gpt') }, TEAM, MINE), [['team', 1]]);
  });

  it('says that nothing is known where a report does not tell models or keys', () => {
    const { byModel: _byModel, ...silent } = MINE;
    const [part] = lookedAt([silent], { model: looked('gpt') });
    assert.deepEqual([part?.total, part?.byDay], [undefined, undefined]);
    assert.deepEqual(part?.coverage, { complete: false, reason: 'not-told' });
    assert.deepEqual(lookedAt([silent], { model: looked('') }), [silent]);
    const rows = { ...TEAM, timeline: undefined, byKey: [{ name: 'roo', used: 2 }] };
    assert.deepEqual(totals({ key: looked('team\nroo') }, rows), [['team', 2]]);
    assert.deepEqual(totals({ key: looked('team\nroo'), model: looked('gpt') }, rows), [['team', undefined]]);
  });

  it('says that a model may have spent more where some spend has no model', () => {
    const lacks = (only: LookInto, ...reports: readonly UsageReport[]) => hasSpendWithoutModel(reports, only);
    assert.equal(lacks({ model: looked('gpt') }, TEAM), true);
    assert.equal(lacks({ model: looked('gpt'), key: looked('team\nroo') }, TEAM), false);
    assert.equal(lacks({ model: looked('gpt') }, MINE), false);
    assert.equal(lacks({ model: looked('') }, TEAM), false);
    assert.equal(lacks({ key: looked('team\ncline') }, TEAM), false);
  });

  it('leaves out the units and the missing keys that are not of a key', () => {
    const yuan = report({ keyId: 'other', unit: { code: 'CNY', source: 'gateway' }, total: { used: 1 } });
    const shown = {
      answer: {
        question: { keyIds: [], from: '2026-06-01', to: '2026-06-03' },
        reports: [TEAM, yuan],
        problems: [],
        missing: [report({ keyId: 'gone' })],
      },
      previous: {
        question: { keyIds: [], from: '2026-05-29', to: '2026-05-31' },
        reports: [TEAM],
        problems: [],
        missing: [report({ keyId: 'gone' })],
      },
      comparing: true,
      timeZone: 'UTC',
    };
    const sections = shownSections(shown, { key: looked('team\nroo') });
    assert.deepEqual(
      sections.map(({ section, missing, previous }) => [
        section.reports[0]?.total?.used,
        missing,
        previous?.section?.reports[0]?.total?.used,
        previous?.flaw,
      ]),
      [[2, 0, 2, undefined]],
    );
    assert.deepEqual(
      shownSections(shown, { model: looked('gpt') }).map(({ missing }) => missing),
      // What is missing is in dollars.
      [1, 0],
    );
  });
});

describe('the view that looks into a key or a model', () => {
  const view: ViewState = { ...FIRST_VIEW, table: 'key' };
  const before = { stackBy: 'key', table: 'key' } as const;
  const into = (of: ViewState, part: 'key' | 'model', id: string, hasModels = true): ViewState => ({
    ...of,
    ...lookingInto(of, part, looked(id), hasModels),
  });

  it('is split by the other, and goes back to how it was', () => {
    const key = into(view, 'key', 'a');
    assert.deepEqual([key.stackBy, key.table, key.only], ['model', 'model', { key: looked('a'), before }]);
    assert.deepEqual(lookingBack(key, 'key'), { only: undefined, ...before });
    assert.equal(into({ ...view, table: 'time' }, 'key', 'a').table, 'time', 'a table of times stays');
    assert.equal(into(view, 'key', 'a', false).table, 'time', 'no table of models where none is known');
  });

  it('goes on into both, and back one after the other', () => {
    const both = into(into(view, 'key', 'a'), 'model', 'gpt');
    assert.deepEqual(both.only, { key: looked('a'), model: looked('gpt'), before });
    assert.equal(both.table, 'time');
    const model = { ...both, ...lookingBack(both, 'key') };
    assert.deepEqual(
      [model.only, model.stackBy, model.table],
      [{ model: looked('gpt'), before }, 'key', 'key'],
    );
    assert.deepEqual(lookingBack(model, 'model'), { only: undefined, ...before });
    assert.deepEqual(lookingBack(view, 'key'), {});
  });
});

describe('the bar of what is looked into', () => {
  it('names each, with a button that leads back', () => {
    const backs: string[] = [];
    const bar = lookBar({
      only: { key: looked('Mine'), model: looked('gpt') },
      lacksModels: true,
      onBack: part => backs.push(part),
    });
    assert.equal(
      templateText(bar),
      'Only: Mine✕gpt✕ Exports hold only this. Spend for unknown models is not in these figures.',
    );
    assert.deepEqual(markup(bar).match(/(?<=aria-label=)[^@]*(?= @)/g), [
      'Mine: show all keys again',
      'gpt: show all models again',
    ]);
    for (const press of listeners(bar)) press();
    assert.deepEqual(backs, ['key', 'model']);
    assert.equal(templateText(lookBar({ only: {}, lacksModels: false, onBack: () => undefined })), '');
  });
});
