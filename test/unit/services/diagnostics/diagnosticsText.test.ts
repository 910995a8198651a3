import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { type Diagnostics, diagnosticsText } from '../../../../src/services/diagnostics/diagnosticsText.ts';
import { at, keyState, MINUTE, NOW } from '../../support/samples.ts';

const KEYS = [
  keyState({ label: 'Team', checkedAt: at(-7 * MINUTE), nextCheckAt: at(3 * MINUTE) }),
  keyState({
    label: 'Mine',
    baseUrl: 'https://gw.example/litellm' as never,
    kind: 'liteLlm',
    status: 'invalid',
    checkedAt: undefined,
    nextCheckAt: undefined,
    failure: {
      class: 'unauthorized',
      reason: 'invalid-key',
      message: '“Mine” is not accepted by gw.example.',
    },
    readFrom: { id: 'id-9', label: 'Boss' },
    sharedAddress: { everyMinutes: 45 },
  }),
];

const diagnostics = (more: Partial<Diagnostics> = {}): Diagnostics => ({
  facts: { 'Key Quota': '0.2.0', Language: 'en' },
  store: { shared: true, trouble: undefined },
  settings: [
    { name: 'pollMinutes', value: 10 },
    { name: 'warnings.expiryDays', value: [14, 3] },
    { name: 'gateways', value: { 'https://gw.example': { unit: 'CNY' } } },
    { name: 'warnings.quietHours', value: '22:00-07:00' },
  ],
  keys: KEYS,
  now: NOW,
  withNames: false,
  ...more,
});

describe('diagnostics', () => {
  it('without names number the keys, and of texts and tables say only how long they are', () =>
    assert.equal(
      diagnosticsText(diagnostics()),
      `### Key Quota diagnostics
- Key Quota: 0.2.0
- Language: en
- Database: a file that all windows share

### Settings that were changed (4)
- pollMinutes: 10
- warnings.expiryDays: [14,3]
- gateways: 1 entry
- warnings.quietHours: a text of 11 characters

### Keys (2)
- key 1: newApi, apiKey, ok, checked 7 min ago, next check in 3 min
- key 2: liteLlm, apiKey, invalid, checked never, next check not planned, failure invalid-key, read from its account, shared address, every 45 min`,
    ));

  it('without names do not say what the user calls a gateway', () => {
    const keys = [keyState({ kind: 'described:bobs-relay' })];
    assert.match(diagnosticsText(diagnostics({ keys })), /^- key 1: described, apiKey, /m);
    assert.match(diagnosticsText(diagnostics({ keys, withNames: true })), /: described:bobs-relay, /);
  });

  it('with names have labels, addresses and settings as they are', () => {
    const text = diagnosticsText(diagnostics({ withNames: true }));
    assert.match(text, /^- “Team” at https:\/\/gw\.example: newApi, /m);
    assert.match(text, /^- “Mine” at https:\/\/gw\.example\/litellm: liteLlm, /m);
    assert.match(text, /^- gateways: \{"https:\/\/gw\.example":\{"unit":"CNY"\}\}$/m);
    assert.match(text, /^- warnings\.quietHours: "22:00-07:00"$/m);
  });

  it('say where the database is when it is not the shared file', () => {
    const store = { shared: false, trouble: { kind: 'locked' } } as const;
    assert.match(
      diagnosticsText(diagnostics({ store })),
      /^- Database: in the memory of this window \(locked\)$/m,
    );
  });

  it('never have amounts, models or the words of a failure', () => {
    const text = diagnosticsText(diagnostics({ withNames: true }));
    assert.doesNotMatch(text, /15|20\.00|is not accepted/);
  });
});
