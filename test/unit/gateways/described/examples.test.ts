import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import type { Reading } from '../../../../src/core/quota/reading.ts';
import { setDescriptions } from '../../../../src/gateways/described/descriptions.ts';
import { figureText } from '../../../../src/text/keyFigure.ts';
import { projectRoot } from '../../../host/project.ts';
import { keyState } from '../../support/samples.ts';
import { describedDraft, openDescribed } from './describedSetup.ts';
import { Relay } from './relay.ts';

const page = readFileSync(join(projectRoot, 'docs/described-gateways.md'), 'utf8');

function blocks(kind: string): readonly unknown[] {
  return [...page.matchAll(new RegExp(`^\`\`\`json ${kind}\\n(.*?)^\`\`\``, 'gms'))].map(
    ([, text = '']) => JSON.parse(text) as unknown,
  );
}

/** What each example tells, worked out by hand from the answer beside it, and the path that is asked. */
const TOLD: Readonly<Record<string, { path: string; figure: string; reading: Partial<Reading> }>> = {
  'claude-code-hub': {
    path: '/api/v1/me/quota',
    figure: '$2.50 (day)',
    reading: {
      quota: undefined,
      windows: [
        window('5h', { used: 1.25, limit: 5 }),
        window('day', { used: 17.5, limit: 20 }),
        window('month', { used: 80 }),
      ],
      budget: { spent: 17.5, limit: 20, resetsAt: undefined, every: undefined },
      expiresAt: '2026-12-31T00:00:00.000Z',
      unreadable: ['month: limit'],
    },
  },
  'OpenCode Go': {
    path: '/zen/go/v1/usage',
    figure: '40% (week)',
    reading: {
      windows: [
        window('5h', { used: 12.5, unit: 'percent', resetsAt: '2026-06-15T14:00:00.000Z' }),
        window('week', { used: 60, unit: 'percent', resetsAt: '2026-06-22T00:00:00.000Z' }),
        window('month', { used: 41, unit: 'percent', resetsAt: '2026-07-01T00:00:00.000Z' }),
      ],
      budget: undefined,
    },
  },
  Chutes: {
    path: '/users/me/quota_usage/me',
    figure: '288 of 300 requests (in all)',
    reading: { windows: [window('total', { used: 12, limit: 300, unit: 'requests' })], budget: undefined },
  },
  Novita: {
    path: '/v3/user/balance',
    figure: '$12.34',
    reading: { account: { balance: 12.3456, used: undefined }, unit: { code: 'USD', source: 'setting' } },
  },
  Poe: {
    path: '/usage/current_balance',
    figure: 'points\u00a02,500.00',
    reading: {
      account: { balance: 2500, used: undefined },
      unit: { code: 'CUSTOM', symbol: 'points', source: 'setting' },
    },
  },
};

function window(name: string, told: Partial<NonNullable<Reading['windows']>[number]>) {
  return {
    name,
    used: undefined,
    limit: undefined,
    remaining: undefined,
    unit: 'money',
    resetsAt: undefined,
    ...told,
  } as const;
}

describe('the examples of described gateways', () => {
  const descriptions = blocks('description') as readonly Readonly<Record<string, object>>[];
  const answers = blocks('answer');
  let relay: Relay;
  before(async () => {
    relay = await Relay.start();
  });
  after(() => relay.close());

  it('are five, each with an answer', () => {
    assert.deepEqual(descriptions.flatMap(Object.keys), Object.keys(TOLD));
    assert.equal(answers.length, 5);
  });

  for (const [name, { path, figure, reading: told }] of Object.entries(TOLD))
    it(`reads ${name}`, async () => {
      const index = descriptions.findIndex(each => name in each);
      const setup = openDescribed(descriptions[index] ?? {});
      relay.calls.length = 0;
      relay.reply = { body: answers[index] };
      try {
        const { reading } = await setup.keyService.checkDraft(describedDraft(name, relay.origin));
        assert.ok(reading);
        for (const [member, value] of Object.entries(told))
          assert.deepEqual(reading[member as keyof Reading], value, member);
        assert.equal(reading.unreadable?.length, told.unreadable?.length);
        assert.equal(figureText(keyState({ reading })), figure);
        assert.deepEqual(
          relay.calls.map(({ method, url }) => `${method} ${url}`),
          [`GET ${path}`],
        );
      } finally {
        setDescriptions(undefined);
        await setup.close();
      }
    });
});
