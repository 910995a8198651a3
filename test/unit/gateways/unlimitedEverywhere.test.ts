import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, it } from 'mocha';
import type { KeyDraft } from '../../../src/services/keys/keyDraft.ts';
import { aliasNames } from '../../../src/services/tools/keyNames.ts';
import { quotaAnswer } from '../../../src/services/tools/quotaAnswer.ts';
import { STATUS_BAR_STYLES } from '../../../src/vscode/host/statusBarChoices.ts';
import { DEFAULT_LOOK } from '../../../src/vscode/host/statusBarLook.ts';
import { statusBarItems } from '../../../src/vscode/statusBar/statusBarText.ts';
import { treeNodes } from '../../../src/vscode/tree/treeNodes.ts';
import { tooltipMarkdown } from '../../../src/vscode/views/tooltip.ts';
import { TOKENS_SITE } from '../../sampleGateways/siteStatus.ts';
import { removeTempFolders, tempFolder } from '../support/folders.ts';
import { TestSetup } from '../support/testSetup.ts';
import { treeText } from '../support/treeText.ts';
import { SIMPLE_PROOFS } from './simple/proofs.ts';

interface Unlimited {
  readonly opens: Parameters<typeof TestSetup.open>[0];
  readonly draft: (setup: TestSetup) => KeyDraft;
}

const KEY = { it: { holds: { remain: -752_600, used: 752_600, unlimited: true } } };
const key =
  (handle: string) =>
  (setup: TestSetup): KeyDraft =>
    setup.key(handle, { label: 'Mine' });
const team = (setup: TestSetup) => setup.account('team', { label: 'Mine' });

/** Every way in which a gateway says that there is no limit. */
const ENCODINGS: Readonly<Record<string, Unlimited>> = {
  'a flag beside a negative remainder': { opens: {}, draft: key('unlimited-negative') },
  'a flag in the envelope of a fork': { opens: {}, draft: key('code-0') },
  'a negative total': { opens: {}, draft: key('granted-negative') },
  'a counter that ran over': { opens: {}, draft: key('int32-overflow') },
  'AIOHub’s flag': { opens: { kind: 'aioHub', scenarios: KEY }, draft: key('it') },
  'CometAPI’s flag': { opens: { kind: 'cometApi', scenarios: KEY }, draft: key('it') },
  '100000000 by the billing endpoints': {
    opens: { version: 'pre-0.9.0', scenarios: KEY },
    draft: key('it'),
  },
  '100000000 of One API in tokens': {
    opens: { version: 'one-api', status: TOKENS_SITE, scenarios: KEY },
    draft: key('it'),
  },
  'a flag in an account’s list': { opens: { accounts: [{ name: 'team', keys: KEY }] }, draft: team },
  '999999999 at the query service': {
    opens: { kind: 'cometQuery' },
    draft: key('query-unlimited-999999999'),
  },
  '-1 at the query service': { opens: { kind: 'cometQuery' }, draft: key('query-unlimited-minus-1') },
  'a budget without a limit': { opens: { kind: 'cheapestInference' }, draft: key('budget-unlimited') },
  'a limit of 999999999 at Sub2API': { opens: { kind: 'sub2Api' }, draft: key('limit-999999999') },
  'a subscription without limits at Sub2API, -1': {
    opens: { kind: 'sub2Api' },
    draft: key('subscription-no-limits'),
  },
  'a budget of 999999999 at LiteLLM': { opens: { kind: 'liteLlm' }, draft: key('budget-999999999') },
  'a cap of -1 at OpenRouter': { opens: { kind: 'openRouter' }, draft: key('limit-minus-1') },
  'a cap of 999999999 at OpenRouter': { opens: { kind: 'openRouter' }, draft: key('limit-999999999') },
  ...Object.fromEntries(
    SIMPLE_PROOFS.flatMap(({ kind, unlimited = [] }) =>
      unlimited.map(scenario => [`${kind}: ${scenario}`, { opens: { kind }, draft: key(scenario) }]),
    ),
  ),
  'a pool': { opens: { kind: 'cheapestInference' }, draft: key('pool') },
};

/** The sentinels as they are written, $200 for 100000000 units, and anything below zero. */
const SENTINEL = /100,?000,?000|100M|999[.,]?9|\$200\.00|-[$¥]?\d/;

describe('no sentinel reaches a screen or a file', () => {
  let setup: TestSetup;
  afterEach(async () => {
    await setup.close();
    removeTempFolders();
  });

  for (const [name, { opens, draft }] of Object.entries(ENCODINGS)) {
    it(name, async () => {
      setup = await TestSetup.open(opens);
      const id = await setup.testWindow.keyService.add(draft(setup));
      const state = await setup.testWindow.refreshKey(id);
      const now = setup.clock.now();
      assert.equal(state.status, 'ok');
      // With the keys that a server tells of, which are lines of their own once they are loaded.
      await setup.testWindow.monitor.reload();
      const states = setup.testWindow.monitor.snapshot;
      const nodes = treeText(treeNodes(states, now));
      const bars = STATUS_BAR_STYLES.flatMap(style =>
        statusBarItems(states, now, { ...DEFAULT_LOOK, style }),
      );
      const aliases = new Map(states.map((each, index) => [each.id, `key ${index + 1}`]));
      const answer = quotaAnswer(states, {}, aliasNames(aliases), false, now);
      const file = join(tempFolder(), 'history.csv');
      await setup.run('exportHistory', { key: id, file });
      const places: Readonly<Record<string, string>> = {
        'status bar': bars.map(bar => `${bar.text} ${bar.spoken}`).join('\n'),
        tree: nodes,
        tooltip: tooltipMarkdown(states, now).replaceAll('\\', ''),
        'public state': JSON.stringify(states.map(({ reading }) => reading)),
        'agents’ tool': JSON.stringify(answer.keys),
        'exported history': await readFile(file, 'utf8'),
      };
      assert.match(nodes, /∞/);
      for (const [place, text] of Object.entries(places)) {
        const figures = text.replaceAll(
          /\d{4}-\d\d-\d\d(?:T[\d:.]+Z)?|"id":"[^"]*"|query-unlimited[\w-]*/g,
          '',
        );
        assert.doesNotMatch(figures.replaceAll(id, ''), SENTINEL, place);
      }
    });
  }
});
