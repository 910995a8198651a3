import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { openPage } from '../../../src/webview/page.ts';

describe('the connection of a page to its host', () => {
  const told: unknown[] = [];
  const events = new EventTarget();
  let kept: unknown;
  before(() => {
    Object.assign(globalThis, {
      window: events,
      acquireVsCodeApi: () => ({
        postMessage: (message: unknown) => told.push(message),
        getState: () => kept,
        setState: (state: unknown) => {
          kept = state;
        },
      }),
    });
  });
  after(() => {
    Reflect.deleteProperty(globalThis, 'window');
    Reflect.deleteProperty(globalThis, 'acquireVsCodeApi');
  });

  it('carries messages both ways, and keeps a state', () => {
    const heard: unknown[] = [];
    const page = openPage<string, object>(message => heard.push(message));
    page.post('ready');
    events.dispatchEvent(Object.assign(new Event('message'), { data: { type: 'show' } }));
    page.saveState({ scrollTop: 7 });
    assert.deepEqual([told, heard, page.savedState()], [['ready'], [{ type: 'show' }], { scrollTop: 7 }]);
  });

  it('takes what another version saved for no state where it is no object', () => {
    const page = openPage<string, object>(() => undefined);
    for (const state of [undefined, null, 'a', 7]) {
      kept = state;
      assert.deepEqual(page.savedState(), {});
    }
  });
});
