import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { beforeEach, describe, it } from 'mocha';
import { EMPTY_LOG_FORM, type LogForm } from '../../../../src/core/panels/logsForm.ts';
import type { LogsPageMessage } from '../../../../src/core/panels/logsMessages.ts';
import type { LogFilter, LogPage, LogRow } from '../../../../src/core/usage/logRow.ts';
import type * as Panels from '../../../../src/vscode/panels/logsPanel.ts';
import { NOW } from '../../support/samples.ts';
import { importWithStub, vscodeStub } from '../../support/vscodeStub.ts';

const { LogsPanel } = await importWithStub<typeof Panels>('vscode/panels/logsPanel.ts');

const KEY = { id: 'k1', label: 'Team' };
const OTHER = { id: 'k2', label: 'Other' };
/** A key without a log. */
const SILENT = { id: 'k3', label: 'Silent' };
const BY_MODEL: LogForm = { ...EMPTY_LOG_FORM, model: 'gpt' };

const row = (requestId: string): LogRow => ({
  at: '2026-06-15T12:00:00.000Z',
  type: 'consume',
  keyName: 'team',
  model: 'gpt',
  amount: 0.5,
  requestId,
});
const pageOf = (ids: readonly string[], more: boolean): LogPage => ({
  unit: { code: 'USD', source: 'gateway' },
  page: 1,
  rows: ids.map(row),
  more,
});

/** One request of the panel, which the test answers. */
interface Asked {
  readonly keyId: string;
  readonly filter: LogFilter;
  readonly signal: AbortSignal;
  readonly answer: PromiseWithResolvers<LogPage>;
}

describe('the logs panel', () => {
  let panel: Panels.LogsPanel;
  let asked: Asked[];
  let messages: LogsPageMessage[];
  let saved: string[];
  let isClosed: boolean;
  let reveals: number;
  /** The page that was opened last. */
  let opened: { title: string };
  let press: (message: unknown) => void;
  let close: () => void;

  beforeEach(() => {
    [asked, messages, saved, isClosed, reveals] = [[], [], [], false, 0];
    panel = new LogsPanel({
      extensionUri: { path: '/' } as never,
      findKey: id => [KEY, OTHER, SILENT].find(each => each.id === id),
      logKeys: () => [KEY, OTHER, { id: 'gone', label: 'Gone' }],
      keyNames: () => ({ names: ['alice'], isWhole: true }),
      fetchPage: (keyId, filter, signal) => {
        const answer = Promise.withResolvers<LogPage>();
        asked.push({ keyId, filter, signal, answer });
        return answer.promise;
      },
      saveCsv: async (name, text) => {
        saved.push(name, text);
      },
      now: () => NOW,
    });
  });

  /** What a page is, as far as the host uses it. */
  const page = () => ({
    title: '',
    reveal: () => {
      reveals += 1;
    },
    dispose: () => {
      isClosed = true;
    },
    onDidDispose: (closed: () => void) => {
      close = closed;
    },
    webview: {
      options: {},
      html: '',
      cspSource: '',
      asWebviewUri: (uri: { path: string }) => uri.path,
      onDidReceiveMessage: (listener: (message: unknown) => void) => {
        press = listener;
      },
      postMessage: async (message: LogsPageMessage) => {
        messages.push(message);
      },
    },
  });
  const open = (state: unknown = { keyId: KEY.id, form: EMPTY_LOG_FORM }) => {
    press = () => undefined;
    opened = page();
    panel.revive(opened as never, state);
    press({ type: 'ready' });
  };
  const reply = async (index: number, ...answer: Parameters<typeof pageOf>) => {
    asked[index]?.answer.resolve(pageOf(...answer));
    await turn();
  };
  const rowsSent = () =>
    messages.flatMap(message =>
      message.type === 'rows' ? message.rows.map(({ requestId }) => requestId) : [],
    );
  /** The request ids in the file that was saved. */
  const csvIds = () =>
    (saved[1] ?? '')
      .trim()
      .split('\r\n')
      .slice(1)
      .map(line => line.split(',')[10]);
  const types = () => messages.map(({ type }) => type);

  it('asks for the newest rows up to now, and for the next page only when the one before has come', async () => {
    open();
    press({ type: 'more' });
    assert.deepEqual(
      asked.map(({ keyId, filter }) => [keyId, filter.page, filter.to]),
      [['k1', 1, NOW]],
    );
    await reply(0, ['a', 'b'], true);
    press({ type: 'more' });
    press({ type: 'more' });
    assert.deepEqual(
      asked.map(({ filter }) => filter.page),
      [1, 2],
    );
    await reply(1, ['c'], false);
    assert.deepEqual(rowsSent(), ['a', 'b', 'c']);
    press({ type: 'more' });
    assert.equal(asked.length, 2, 'there is no further page');
    assert.equal(types().at(-1), 'idle');
  });

  it('shows no row of an earlier search that comes late', async () => {
    open();
    press({ type: 'search', form: BY_MODEL });
    assert.deepEqual(
      asked.map(({ signal, filter }) => [signal.aborted, filter.model]),
      [
        [true, undefined],
        [false, 'gpt'],
      ],
    );
    await reply(0, ['of another model'], false);
    assert.deepEqual([rowsSent(), types().at(-1)], [[], 'busy']);
    await reply(1, ['a'], false);
    assert.deepEqual([rowsSent(), types().at(-1)], [['a'], 'idle']);
    press({ type: 'ready' });
    const shown = messages.findLast(message => message.type === 'show');
    assert.deepEqual(shown?.type === 'show' && [shown.form.model, shown.rows.length], ['gpt', 1]);
    assert.equal(asked.length, 2, 'a page that is shown again is asked for nothing');
  });

  const lastShown = () => messages.findLast(message => message.type === 'show');

  it('takes the rows of an earlier search and of another key off the page at once', async () => {
    open();
    await reply(0, ['a'], false);
    press({ type: 'search', form: BY_MODEL });
    assert.deepEqual([lastShown()?.form.model, lastShown()?.rows], ['gpt', []]);
    await reply(1, ['b'], false);
    assert.deepEqual(rowsSent(), ['a', 'b']);
    assert.deepEqual([opened.title, reveals], ['Request log: Team', 0]);
    panel.show(OTHER);
    assert.deepEqual([opened.title, reveals], ['Request log: Other', 1]);
    const { label, form, rows } = lastShown() ?? assert.fail();
    assert.deepEqual([label, form, rows], ['Other', EMPTY_LOG_FORM, []]);
    assert.deepEqual([asked[2]?.keyId, asked[2]?.filter.model], ['k2', undefined]);
    await reply(2, ['c'], false);
    press({ type: 'ready' });
    assert.deepEqual(
      lastShown()?.rows.map(({ requestId }) => requestId),
      ['c'],
    );
  });

  it('goes on in the place that VS Code brings back, and closes the one before', async () => {
    open();
    const closeFirst = close;
    open();
    assert.equal(isClosed, true);
    closeFirst();
    assert.deepEqual([asked.length, asked[0]?.signal.aborted, types().at(-1)], [1, false, 'busy']);
    await reply(0, ['a'], false);
    assert.deepEqual(rowsSent(), ['a']);
  });

  it('says why there are no rows, unless it was told to stop', async () => {
    open();
    asked[0]?.answer.reject(new Error('“Team” has no request log.'));
    await turn();
    assert.deepEqual(messages.slice(-2), [
      { type: 'problem', message: '“Team” has no request log.' },
      { type: 'idle' },
    ]);
    press({ type: 'search', form: EMPTY_LOG_FORM });
    messages.length = 0;
    press({ type: 'cancel' });
    asked[1]?.answer.reject(new Error('aborted'));
    await turn();
    assert.deepEqual(messages, [{ type: 'idle' }]);
  });

  it('asks for nothing with dates that are none, and keeps what it shows', async () => {
    open();
    await reply(0, ['a'], false);
    messages.length = 0;
    press({ type: 'search', form: { ...EMPTY_LOG_FORM, from: 'soon', to: 'later' } });
    assert.deepEqual([asked.length, types()], [1, ['problem']]);
    press({ type: 'export' });
    await turn();
    assert.deepEqual([saved[0], saved[1]?.trim().split('\n').length], ['log.csv', 2]);
  });

  it('saves all rows that match, also those that nobody has scrolled to', async () => {
    open();
    await reply(0, ['a', 'b'], true);
    messages.length = 0;
    press({ type: 'export' });
    assert.deepEqual(messages, [{ type: 'busy', done: 2, total: undefined }]);
    press({ type: 'more' });
    press({ type: 'export' });
    await reply(1, ['c'], true);
    await reply(2, ['d'], false);
    assert.deepEqual(
      asked.map(({ filter }) => filter.page),
      [1, 2, 3],
    );
    assert.deepEqual([saved[0], csvIds()], ['log.csv', ['a', 'b', 'c', 'd']]);
    assert.deepEqual([rowsSent(), types().at(-1)], [[], 'idle'], 'the page is not flooded with them');
    press({ type: 'ready' });
    assert.deepEqual([lastShown()?.rows.length, lastShown()?.end], [2, undefined], 'there are more to show');
    press({ type: 'more' });
    await turn();
    assert.deepEqual([rowsSent(), asked.length, types().at(-1)], [['c', 'd'], 3, 'idle']);
    const last = messages.findLast(message => message.type === 'rows');
    assert.equal(last?.type === 'rows' && last.end, 'whole');
  });

  it('saves nothing where it is cancelled or fails, and goes on from there', async () => {
    open();
    await reply(0, ['a'], true);
    press({ type: 'export' });
    press({ type: 'cancel' });
    asked[1]?.answer.reject(new Error('aborted'));
    await turn();
    assert.deepEqual([saved, types().at(-1)], [[], 'idle']);
    assert.ok(!types().includes('problem'));
    press({ type: 'export' });
    await reply(2, ['b'], true);
    asked[3]?.answer.reject(new Error('“Team” is waiting for its turn.'));
    await turn();
    assert.deepEqual(messages.slice(-2), [
      {
        type: 'problem',
        message:
          '“Team” is waiting for its turn. Read so far: 2 rows, and nothing was saved. Save again to go on from there.',
      },
      { type: 'idle' },
    ]);
    press({ type: 'export' });
    assert.equal(asked[4]?.filter.page, 3);
    await reply(4, ['c'], false);
    assert.deepEqual(csvIds(), ['a', 'b', 'c']);
  });

  it('says in the name of the file that rows are missing in it', async () => {
    open();
    await reply(0, ['a'], true);
    press({ type: 'export' });
    // The gateway repeats its page.
    await reply(1, ['a'], true);
    assert.deepEqual([saved[0], csvIds()], ['log-incomplete.csv', ['a']]);
  });

  it('says so too of rows that could not be read, and of a filter that the gateway cannot apply', async () => {
    open();
    asked[0]?.answer.resolve({ ...pageOf(['a'], false), unreadable: 1 });
    await turn();
    press({ type: 'export' });
    await turn();
    assert.equal(saved[0], 'log-incomplete.csv');
    press({ type: 'search', form: BY_MODEL });
    asked[1]?.answer.resolve({ ...pageOf(['a', 'b'], false), notApplied: ['model'] });
    await turn();
    press({ type: 'export' });
    await turn();
    assert.equal(saved[2], 'log-not-filtered-by-model.csv');
  });

  it('shows the log of another key in the same range', async () => {
    open();
    await reply(0, ['a'], false);
    const range = { from: '2026-06-01', to: '2026-06-02' };
    press({ type: 'search', form: { ...BY_MODEL, type: 'consume', ...range } });
    await reply(1, ['b'], false);
    for (const keyId of ['nobody’s', 'gone', SILENT.id]) press({ type: 'chooseKey', keyId });
    assert.equal(asked.length, 2, 'only keys that there are, with a log');
    press({ type: 'chooseKey', keyId: KEY.id });
    assert.deepEqual(lastShown()?.form, { ...EMPTY_LOG_FORM, type: 'consume', ...range });
    assert.deepEqual(
      [lastShown()?.rows, lastShown()?.keyNames, lastShown()?.isKeyListWhole],
      [[], ['alice'], true],
    );
    assert.deepEqual([asked.length, asked[2]?.filter.model], [3, undefined]);
  });

  it('heeds no message of another form', async () => {
    open();
    await reply(0, ['a'], true);
    vscodeStub.clipboard = 'mine';
    for (const message of [
      undefined,
      'more',
      { type: 'erase' },
      { type: 'search' },
      { type: 'search', form: { ...EMPTY_LOG_FORM, model: 'x'.repeat(301) } },
      { type: 'search', form: { ...EMPTY_LOG_FORM, type: 'everything' } },
      { type: 'copy', row: -1 },
      { type: 'copy', row: '0' },
    ])
      press(message);
    await turn();
    assert.deepEqual([asked.length, vscodeStub.clipboard], [1, 'mine']);
    press({ type: 'copy', row: 0 });
    await turn();
    assert.equal(vscodeStub.clipboard, 'a');
  });

  it('closes where its key is gone, or what was saved is no state of it', async () => {
    for (const state of [{ keyId: 'gone', form: EMPTY_LOG_FORM }, { keyId: KEY.id }, null]) {
      isClosed = false;
      open(state);
      assert.equal(isClosed, true);
    }
    assert.equal(asked.length, 0);
  });

  it('comes back after a reload with its filter', async () => {
    open({ keyId: KEY.id, form: BY_MODEL });
    assert.deepEqual(
      asked.map(({ filter }) => filter.model),
      ['gpt'],
    );
    assert.equal(isClosed, false);
    await reply(0, ['a'], false);
    messages.length = 0;
    press({ type: 'ready' });
    assert.deepEqual(types(), ['speak', 'show'], 'it is not called busy while it is not');
  });

  it('shows the log of another key that has one', async () => {
    open();
    await reply(0, ['a'], false);
    press({ type: 'chooseKey', keyId: OTHER.id });
    assert.deepEqual(
      [lastShown()?.keyId, lastShown()?.label, opened.title],
      ['k2', 'Other', 'Request log: Other'],
    );
    assert.equal(asked[1]?.keyId, 'k2');
    await reply(1, ['b', 'c'], false);
    assert.deepEqual(rowsSent(), ['a', 'b', 'c']);
    press({ type: 'export' });
    await turn();
    assert.deepEqual(csvIds(), ['b', 'c']);
  });

  it('reads no further page for a file once it is told to stop, though one arrives', async () => {
    open();
    await reply(0, ['a'], true);
    press({ type: 'export' });
    press({ type: 'cancel' });
    await reply(1, ['b'], true);
    assert.deepEqual([saved, asked.length, types().at(-1)], [[], 2, 'idle']);
    assert.ok(!types().includes('problem'));
  });

  it('stays busy with a search that ends the reading for a file', async () => {
    open();
    await reply(0, ['a'], true);
    press({ type: 'export' });
    press({ type: 'search', form: BY_MODEL });
    asked[1]?.answer.reject(new Error('aborted'));
    await turn();
    assert.deepEqual([saved, types().at(-1)], [[], 'busy']);
    press({ type: 'more' });
    assert.equal(asked.length, 3, 'one question at a time');
    await reply(2, ['b'], false);
    assert.deepEqual([rowsSent(), types().at(-1)], [['a', 'b'], 'idle']);
  });

  it('says what went wrong though it is no error', async () => {
    open();
    asked[0]?.answer.reject('out of order');
    await turn();
    assert.deepEqual(messages.at(-2), { type: 'problem', message: 'out of order' });
  });

  for (const [end, act] of [
    ['the panel is closed', () => close()],
    ['the window ends', () => panel.dispose()],
  ] as const) {
    it(`stops asking when ${end}`, async () => {
      open();
      act();
      assert.equal(asked[0]?.signal.aborted, true);
      messages.length = 0;
      await reply(0, ['a'], true);
      assert.deepEqual(rowsSent(), []);
    });
  }
});
