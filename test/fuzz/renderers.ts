import * as fc from 'fast-check';
import { FAILURE_REASONS } from '../../src/core/quota/failure.ts';
import { WARNING_KINDS, type Warning } from '../../src/core/warnings/warning.ts';
import { amountText, countText } from '../../src/text/amount.ts';
import { escapeHoverHtml } from '../../src/text/escapeHtml.ts';
import { escapeHoverMarkdown, escapeMarkdown } from '../../src/text/escapeMarkdown.ts';
import { failureText } from '../../src/text/failure.ts';
import { modelPriceText } from '../../src/text/modelPrice.ts';
import { percentText } from '../../src/text/percent.ts';
import { spendingLimitLines } from '../../src/text/spendingLimitLines.ts';
import { clockText, dateTimeText, relativeText, timeLeftText } from '../../src/text/time.ts';
import { shown } from '../../src/vscode/host/shownText.ts';
import { STATUS_BAR_STYLES } from '../../src/vscode/host/statusBarChoices.ts';
import type { StatusBarLook } from '../../src/vscode/host/statusBarLook.ts';
import { warningNotice } from '../../src/vscode/notifications/warningText.ts';
import { panelHtml } from '../../src/vscode/panels/panelHtml.ts';
import { statusBarItems } from '../../src/vscode/statusBar/statusBarText.ts';
import { KeyLines } from '../../src/vscode/tree/keyLines.ts';
import type { TreeNode } from '../../src/vscode/tree/treeNode.ts';
import { treeNodes } from '../../src/vscode/tree/treeNodes.ts';
import { tooltipMarkdown } from '../../src/vscode/views/tooltip.ts';
import { hoverText } from '../unit/support/hoverText.ts';
import { answerRenderers } from './answerRenderers.ts';
import { keyNumbers } from './keyNumbers.ts';
import { numbersIn, unexplained } from './numbers.ts';
import { panelRenderers } from './panelRenderers.ts';
import { reportRenderers } from './reportRenderers.ts';
import { amounts, keyStates, NOW, units } from './states.ts';
import { type Target, target } from './target.ts';
import { longTexts, names } from './texts.ts';

const DAY_MS = 86_400_000;

function textsOf(nodes: readonly TreeNode[]): string[] {
  return nodes.flatMap(node => [
    node.label,
    node.description ?? '',
    node.tooltip ?? '',
    node.spoken,
    ...textsOf(node.children),
  ]);
}

/** What VS Code would make more of than text: links, icons and tags that are not ours. */
function markupIn(markdown: string): string | undefined {
  const bare = markdown
    .replaceAll(
      /\$\((?:refresh|dashboard|list-tree|add|key|warning|error|calendar|circle-slash|lock|history|question|debug-pause)\) /g,
      '',
    )
    .replaceAll(/\]\(command:keyQuota\.[A-Za-z.]+\)/g, '')
    .replaceAll(/\\./g, '')
    .replaceAll('&nbsp;', '');
  return [/\]\(/, /\$\(/, /<(?!w?br>)/, /https?:\/\//, /`/, /\*\*/].find(sign => sign.test(bare))?.source;
}

/** A hover without the tags of its cards, as they are when nothing in them is from outside. */
function withoutCards(markdown: string): string {
  return markdown
    .replaceAll(
      /<img src="data:image\/svg\+xml;base64,[\w+/=]*" width="\d+" height="\d+" alt="([^"<>$]*)">/g,
      '$1',
    )
    .replaceAll(/<span style="color:var\(--vscode-[\w-]+\);">|<\/span>|<\/?(?:table|tr|td|b)>/g, ' ');
}

const looks: fc.Arbitrary<StatusBarLook> = fc.record({
  visible: fc.constant(true),
  style: fc.constantFrom(...STATUS_BAR_STYLES),
  template: fc.oneof(
    fc.constant('{name} {left} {percent} {bar} {used} · {today} {month} {limit} {time} {status}'),
    names.map(text => text.replaceAll(/\d/g, '')),
  ),
  items: fc.constantFrom<StatusBarLook['items']>('combined', 'perKey'),
  alignment: fc.constantFrom<StatusBarLook['alignment']>('left', 'right'),
  maxLength: fc.constantFrom(0, 5, 50),
  colors: fc.boolean(),
});
const keyLists = fc.array(keyStates, { maxLength: 4 });

const warnings: fc.Arbitrary<Warning> = fc
  .record({
    key: keyStates,
    kind: fc.constantFrom(...WARNING_KINDS),
    threshold: fc.constantFrom(0, 1, 3, 5, 20),
    severity: fc.constantFrom<Warning['severity']>('info', 'warning', 'error'),
    urgent: fc.boolean(),
    spend: fc.record({ today: amounts, normal: amounts }),
    refill: fc.oneof(
      fc.constant({ what: 'reset' as const }),
      fc.record({ what: fc.constant('topUp' as const), amount: amounts }),
    ),
  })
  // Spend and top-ups are only ever told of keys that have figures.
  .map(warning => (warning.key.reading ? warning : { ...warning, kind: 'expiry' as const }));

const viewRenderers: readonly Target[] = [
  target(
    'the status bar',
    'renderer',
    fc.tuple(keyLists, looks),
    ([keys, look]) => statusBarItems(keys, NOW, look, tooltipMarkdown),
    (items, [keys]) =>
      unexplained(
        items.map(({ text, spoken }) => `${text}\n${spoken}`).join('\n'),
        keys.flatMap(keyNumbers),
      ) ??
      items
        .map(({ text }) => text)
        .find(text =>
          /\$\((?!key|warning|error|calendar|circle-slash|lock|history|question|debug-pause)/.test(text),
        ),
  ),
  target(
    'the tooltip',
    'renderer',
    keyLists,
    keys => tooltipMarkdown(keys, NOW),
    (text, keys) => {
      const { cards, lines } = hoverText(text);
      const shown = [...cards.flatMap(card => Object.values(card)), ...lines].join('\n');
      // A chart says of how many days it is.
      const days = keys.flatMap(({ spend }) => spend?.days.length ?? []);
      return unexplained(shown, [...keys.flatMap(keyNumbers), ...days]) ?? markupIn(withoutCards(text));
    },
  ),
  target(
    'spending limits',
    'renderer',
    fc.tuple(keyLists, fc.integer({ min: 1, max: 28 })),
    ([keys, monthBegins]) => {
      const unit = { code: 'USD' } as const;
      const limit = { scope: { of: 'currency' }, period: 'month', amount: 5, unit } as const;
      return spendingLimitLines({ keys, others: keys, all: keys }, [limit], NOW, monthBegins);
    },
    lines => lines.find(line => /NaN|Invalid|undefined/.test(line)),
  ),
  target(
    'the tree',
    'renderer',
    keyLists,
    keys => {
      new KeyLines().update(keys, NOW);
      return textsOf(treeNodes(keys, NOW));
    },
    (texts, keys) => unexplained(texts.join('\n'), [...keys.flatMap(keyNumbers), keys.length, 1, 2, 3, 4]),
  ),
  target(
    'warnings',
    'renderer',
    fc.array(warnings, { minLength: 1, maxLength: 4 }),
    list => warningNotice(list, NOW, () => true),
    ({ message, actions }, list) =>
      unexplained([message, ...actions.map(({ title }) => title)].join('\n'), [
        ...list.flatMap(({ key, ...rest }) => [...keyNumbers(key), ...numbersIn(rest)]),
        list.length,
        24,
        1,
        2,
        3,
      ]) ?? (shown(message).includes('](') ? 'a link' : undefined),
  ),
  target(
    'failures',
    'renderer',
    fc.record({
      reason: fc.constantFrom(...FAILURE_REASONS),
      words: fc.option(names, { nil: undefined }),
      status: fc.option(fc.integer({ min: 100, max: 599 }), { nil: undefined }),
      label: names,
    }),
    ({ label, ...failure }) =>
      failureText({ class: 'unexpected', ...failure }, { label, baseUrl: 'https://gw.example' }),
    (text, { status, words, label }) =>
      unexplained(
        text
          .replace('127.0.0.1:1080', '')
          .replace('socks5:', '')
          .replace(/(?<=example:)\d+/g, ''),
        // How large a certificate file may be is said as well.
        [status ?? 500, 400, 403, 256, ...numbersIn([words, label])],
      ),
  ),
];

const wordRenderers: readonly Target[] = [
  target(
    'amounts',
    'renderer',
    fc.tuple(amounts, units, fc.constantFrom<'short' | 'exact' | 'full'>('short', 'exact', 'full')),
    ([amount, unit, style]) => amountText(amount, unit, style),
    (text, [amount]) =>
      unexplained(text, [amount]) ??
      (amount > 0 && !/[1-9]/.test(text) && amount >= 1e-6 ? `nothing for ${amount}` : undefined),
  ),
  target(
    'counts',
    'renderer',
    amounts,
    count => [countText(count), countText(count, 'short')].join('\n'),
    (text, count) => unexplained(text, [count]),
  ),
  target(
    'prices',
    'renderer',
    fc.tuple(
      fc.array(fc.record({ group: names, input: amounts, output: fc.option(amounts, { nil: undefined }) }), {
        maxLength: 6,
      }),
      units,
    ),
    ([prices, unit]) => modelPriceText(prices, unit) ?? '',
    (text, [prices]) => unexplained(text, [...numbersIn(prices), 1, 2, 3]),
  ),
  target('shares', 'renderer', fc.double({ min: 0, max: 1, noNaN: true }), percentText, (text, share) =>
    unexplained(text, [share * 100]),
  ),
  target(
    'moments',
    'renderer',
    fc.date({ noInvalidDate: true }),
    date =>
      [
        relativeText(date.getTime(), NOW),
        dateTimeText(date.getTime()),
        clockText(date.getTime(), NOW),
        timeLeftText(NOW + Math.abs(date.getTime() - NOW), NOW),
      ].join('\n'),
    (text, date) =>
      /NaN|Invalid/.test(text) ? `no moment: ${text} for ${date.getTime() / DAY_MS}` : undefined,
  ),
  target(
    'text in Markdown',
    'renderer',
    longTexts,
    text => [escapeHoverMarkdown(text), escapeMarkdown(text)],
    ([escaped = '', plain = '']) => {
      const strange = markupIn(escaped) ?? markupIn(plain.replaceAll('$(', ''));
      return strange && `${strange} in ${escaped.slice(0, 200)}`;
    },
  ),
  target('text in the HTML of hovers', 'renderer', longTexts, escapeHoverHtml, text =>
    /[<>"'`$()[\]\r\n\u202a-\u202e\u2066-\u2069]/.test(text) ? 'a sign that means something' : undefined,
  ),
  target(
    'pages of panels',
    'renderer',
    longTexts,
    title =>
      panelHtml({
        page: 'usage',
        title,
        language: title.slice(0, 20),
        cspSource: 'x',
        nonce: 'n',
        script: 's',
        style: 's',
        filesGoneText: 'g',
      }),
    (html, title) =>
      html.split('<').length ===
      panelHtml({
        page: 'usage',
        title: '',
        language: '',
        cspSource: 'x',
        nonce: 'n',
        script: 's',
        style: 's',
        filesGoneText: 'g',
      }).split('<').length
        ? undefined
        : `a tag in ${title.slice(0, 200)}`,
  ),
];

/** Everything that makes what a person sees. */
export const renderers: readonly Target[] = [
  ...viewRenderers,
  ...wordRenderers,
  ...reportRenderers,
  ...answerRenderers,
  ...panelRenderers,
];
