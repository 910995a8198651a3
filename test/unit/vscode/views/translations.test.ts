import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import type { Failure } from '../../../../src/core/quota/failure.ts';
import type { KeyState } from '../../../../src/core/quota/keyState.ts';
import { STATUSES } from '../../../../src/core/quota/statusName.ts';
import { COVERAGE_REASONS, type Coverage } from '../../../../src/core/usage/coverage.ts';
import { headlineOf } from '../../../../src/core/usage/headline.ts';
import { coverageText } from '../../../../src/text/coverage.ts';
import { setDisplayLanguage } from '../../../../src/text/displayLanguage.ts';
import { failureText } from '../../../../src/text/failure.ts';
import { coveredText } from '../../../../src/text/usageHeadline.ts';
import { keyHoverMarkdown } from '../../../../src/vscode/cards/keyHover.ts';
import { statusBarText } from '../../../../src/vscode/statusBar/statusBarText.ts';
import type { TreeNode } from '../../../../src/vscode/tree/treeNode.ts';
import { treeNodes } from '../../../../src/vscode/tree/treeNodes.ts';
import { tooltipMarkdown } from '../../../../src/vscode/views/tooltip.ts';
import { LANGUAGES, type Language, textsOf } from '../../../l10n/bundles.ts';
import { hoverText } from '../../support/hoverText.ts';
import { at, DAY, HOUR, keyState, NOW, quota, reading } from '../../support/samples.ts';
import { report } from '../../webview/usageReports.ts';

const FAILURES: readonly Pick<Failure, 'class' | 'reason'>[] = [
  { class: 'rate-limited', reason: 'own-budget' },
  { class: 'rate-limited', reason: 'too-many-requests' },
  { class: 'transient', reason: 'timeout' },
  { class: 'transient', reason: 'server-error' },
  { class: 'transient', reason: 'certificate-untrusted' },
  { class: 'transient', reason: 'certificate-expired' },
  { class: 'transient', reason: 'proxy-login' },
  { class: 'transient', reason: 'host-not-found' },
  { class: 'transient', reason: 'doubted-refusal' },
  { class: 'transient', reason: 'secret-unanswered' },
  { class: 'blocked-by-edge', reason: 'edge-page' },
  { class: 'unexpected', reason: 'missing-figures' },
  { class: 'unexpected', reason: 'user-id-needed' },
  { class: 'bad-key', reason: 'refused-key' },
  { class: 'disabled', reason: 'key-disabled' },
];
/** Names, and what is written the same in every language. */
const NAMES =
  /Key Quota|New API|VS Code|Team|https?(?::\/\/[\w.]+)?|gw\.example|HTTP|JSON|API|keyQuota\.\w+|caFile|ID|UTC|command:\S+|ensp|nbsp|\$\([a-z-]+\)/g;

/** Words in Latin letters that are words of a language. */
const LOANS: Partial<Readonly<Record<Language, RegExp>>> = { 'zh-tw': /Proxy/g };
/** What no text of a language has: words of another one, or two words for one thing. */
const WRONG: Readonly<Record<Language, RegExp>> = {
  'zh-cn': /永不(?!过期)|您|密钥环|undefined/,
  'zh-tw': /永不(?!到期)|您|密鑰環|網絡|默認|信息|用戶(?!端)|設置|數據|undefined/,
  ja: /[（）：；，？！“”]|である。|您|undefined/,
};
/** What a key has that was not read yet, and how the parts of a sentence are joined. */
const SHOWN: Readonly<Record<Language, { readonly nothingYet: string; readonly joined: RegExp }>> = {
  'zh-cn': { nothingYet: '尚无数据', joined: /^Team，正常，剩余 \$15\.00/ },
  'zh-tw': { nothingYet: '尚無資料', joined: /^Team，正常，剩餘 \$15\.00/ },
  ja: { nothingYet: '数値はまだありません', joined: /^Team、正常、残り \$15\.00/ },
};

for (const language of LANGUAGES)
  describe(`what is shown in ${language}`, () => {
    before(() => {
      setDisplayLanguage(language, textsOf(`l10n/bundle.l10n.${language}.json`));
    });
    after(() => setDisplayLanguage('en'));

    function isTranslated(text: string): void {
      const own = text.replaceAll(NAMES, '').replaceAll(LOANS[language] ?? NAMES, '');
      assert.doesNotMatch(own, /[A-Za-z]{2,}/, text);
      assert.doesNotMatch(text, WRONG[language], text);
    }

    const textsIn = (nodes: readonly TreeNode[]): string[] =>
      nodes.flatMap(({ label, description, spoken, tooltip = '', children }) => [
        label,
        description ?? '',
        spoken,
        tooltip,
        ...textsIn(children),
      ]);

    function read(markdown: string): string {
      const { cards, lines } = hoverText(markdown);
      return [
        ...cards.flatMap(({ colors: _, icon: _icon, ...texts }) => Object.values(texts)),
        ...lines,
      ].join('\n');
    }

    function allOf(state: KeyState): void {
      for (const text of textsIn(treeNodes([state], NOW))) isTranslated(text);
      isTranslated(statusBarText([state], NOW).spoken);
      isTranslated(read(tooltipMarkdown([state], NOW)));
      isTranslated(read(keyHoverMarkdown(state, NOW, 'dark')));
    }

    for (const status of STATUSES) {
      it(`is so in the status ${status}, whatever check failed`, () => {
        const figures = status === 'unknown' ? { reading: undefined } : {};
        allOf(keyState({ status, ...figures }));
        for (const failure of FAILURES) {
          const message = failureText(failure, { label: 'Team', baseUrl: 'https://gw.example' });
          allOf(keyState({ status, ...figures, failure: { ...failure, message } }));
        }
      });
    }

    it('is so of ends, resets, clocks and keys of an account', () => {
      allOf(
        keyState({ reading: reading({ quota: quota(15, 20), expiresAt: at(2 * DAY), clockAheadMs: HOUR }) }),
      );
      allOf(keyState({ nextCheckAt: at(-HOUR) }));
      const spend = {
        today: 1,
        week: 2,
        calendarWeek: 2,
        month: 3,
        since: at(-3 * DAY),
        complete: false,
        days: [1, 2],
      };
      allOf(keyState({ spend, forecast: { lastsUntil: at(DAY), confidence: 'low' } }));
      allOf(keyState({ reading: reading({ budget: { spent: 1, limit: 5, resetsAt: at(HOUR) } }) }));
      isTranslated(
        read(
          tooltipMarkdown(
            Array.from({ length: 9 }, (_, id) => keyState({ id: `${id}`, status: 'low' })),
            NOW,
          ),
        ),
      );
      allOf(keyState({ reading: reading({ account: { balance: 9.9 }, accountKeysMissing: {} }) }));
      const [line] = treeNodes([keyState({ status: 'unknown', reading: undefined })], NOW);
      assert.equal(line?.children[0]?.description, SHOWN[language].nothingYet);
    });

    it('has the comma of the language between the parts of a sentence', () => {
      const line = treeNodes([keyState()], NOW)[0]?.children[0];
      assert.match(line?.spoken ?? '', SHOWN[language].joined);
    });

    it('is so of what figures cover', () => {
      for (const reason of COVERAGE_REASONS) {
        const coverage: Coverage = {
          complete: false,
          from: report().from,
          to: '2026-06-02T12:00:00.000Z',
          reason,
        };
        const told = report({ total: { used: 1 }, coverage });
        isTranslated(coverageText(told));
        const covered = coveredText(headlineOf([told], 1, NOW));
        isTranslated(covered);
        assert.doesNotMatch(covered, /, /);
      }
    });
  });
