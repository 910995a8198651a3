import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { TestSetup } from '../../../support/testSetup.ts';
import { until } from '../../../support/until.ts';
import { vscodeStub } from '../../../support/vscodeStub.ts';

const HANDLES = Array.from({ length: 12 }, (_, index) => `key-${index}`);
const USAGE = { path: '/api/usage/token/' };

describe('a refresh for which the request budget has no room', () => {
  let setup: TestSetup;
  let questions: string[];

  const waiting = () => setup.testWindow.store.waiting.waitingChecks(setup.clock.now()).size;

  /** Refreshes all keys of a gateway that ten of them use up; a person answers with a button, or not at all. */
  async function refresh(button?: string): Promise<void> {
    questions = [];
    vscodeStub.person = {
      asked: (message, _, buttons) => {
        questions.push(message, ...buttons);
        return button;
      },
    };
    await setup.run('refreshAll', undefined);
    await until(() => questions.length > 0);
  }

  beforeEach(async () => {
    setup = await TestSetup.open({
      version: 'v0.12.7',
      limits: 'real',
      scenarios: Object.fromEntries(HANDLES.map(handle => [handle, {}])),
    });
    // Without billing each check counts against the limiter of twenty calls in twenty minutes.
    for (const path of ['/v1/dashboard/billing/subscription', '/dashboard/billing/subscription'])
      setup.gateway.setReply(`GET ${path}`, { status: 404, body: 'not here' });
    for (const handle of HANDLES) await setup.add(setup.key(handle));
  });

  afterEach(async () => {
    vscodeStub.person = {};
    await setup.close();
  });

  it('says when the others are asked, and lets them wait', async () => {
    await refresh();
    const { host } = new URL(setup.gateway.origin);
    assert.ok(questions[0]?.includes(`login, ${host} is asked again at 12:20`), questions[0]);
    assert.equal(waiting(), 2);
  });

  it('does not wait where a person says so', async () => {
    await refresh('Do Not Wait');
    await until(() => waiting() === 0);
    assert.equal(setup.gateway.callsOf(USAGE).length, 10);
  });

  it('asks at once where a person says so, and nothing waits any more', async () => {
    await refresh('Ask Gateway Now');
    await until(() => setup.gateway.callsOf(USAGE).length === 12);
    await until(() => waiting() === 0);
  });
});
