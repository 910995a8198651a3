import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import {
  type VerificationReport,
  verificationReport,
} from '../../../../src/services/usage/verificationReport.ts';
import { json } from '../../../sampleGateways/wire/reply.ts';
import { VerifySetup } from '../../gateways/verifySetup.ts';
import { NOW } from '../../support/samples.ts';

/** 15 June 2026, or the day after where it is evening already. */
const TODAY = new Date(NOW).toLocaleDateString('sv-SE');

/** The fields that a pass and fail log is asked to have, word for word. */
const FIELDS = [
  'smoke_test_date',
  'query_key_name',
  'query_date_range',
  'total_quota_returned',
  'total_used_quota_returned',
  'request_count_returned',
  'daily_quota_dates_present',
  'sample_chat_total_tokens',
  'usage_field_present',
  'date_range_filter_working',
  'error_path_returned_error',
  'reviewer',
];

describe('the pass and fail log of keyQuota.verifyGateway', () => {
  let rig: VerifySetup;
  afterEach(() => rig.close());

  const verified = async (more: Record<string, unknown> = {}) =>
    (await rig.setup.run('verifyGateway', {
      key: rig.queryKey.id,
      from: '2026-06-01',
      to: '2026-06-15',
      reviewer: 'Ada',
      ...more,
    })) as VerificationReport;

  it('has its fields in order, and nothing about rates, latency or uptime', async () => {
    rig = await VerifySetup.open();
    const { passed, log, steps } = await verified();
    assert.deepEqual(Object.keys(log), FIELDS);
    assert.deepEqual(log, {
      smoke_test_date: TODAY,
      query_key_name: 'Finance',
      query_date_range: '2026-06-01 to 2026-06-15',
      total_quota_returned: '9.64',
      total_used_quota_returned: '0.36',
      request_count_returned: '4',
      daily_quota_dates_present: '2026-06-10, 2026-06-12',
      sample_chat_total_tokens: '',
      usage_field_present: '',
      date_range_filter_working: 'true',
      error_path_returned_error: 'true',
      reviewer: 'Ada',
    });
    assert.equal(passed, true);
    assert.deepEqual(steps, [
      { name: 'happy-path', passed: true },
      { name: 'date-range', passed: true },
      { name: 'malformed-date', passed: true },
      { name: 'outside-activity', passed: true },
    ]);
  });

  it('naming a completion is the yes to what it costs', async () => {
    rig = await VerifySetup.open();
    const { log, passed } = await verified({ completion: { key: rig.apiKey.id, model: 'gpt-4.1' } });
    assert.deepEqual([log.sample_chat_total_tokens, log.usage_field_present, passed], ['14', 'true', true]);
    assert.equal(rig.api.callsOf({ path: '/v1/chat/completions' }).length, 2);
  });

  it('no completion spends nothing', async () => {
    rig = await VerifySetup.open();
    const { log } = await verified({ completion: undefined });
    assert.deepEqual([log.sample_chat_total_tokens, log.usage_field_present], ['', '']);
    assert.deepEqual(rig.api.calls, []);
  });

  for (const [name, completion] of [
    ['a completion without a model', { key: 'x' }],
    ['a completion without a key', { model: 'gpt-4.1' }],
    ['yes', true],
  ] as const) {
    it(`${name} is refused and asks nothing`, async () => {
      rig = await VerifySetup.open();
      await assert.rejects(verified({ completion }), /“completion” must contain “key”/);
      assert.deepEqual([...rig.api.calls, ...rig.setup.gateway.calls], []);
    });
  }

  it('a completion with a key that is not there is refused before anything is asked', async () => {
    rig = await VerifySetup.open();
    const completion = { key: 'nobody', model: 'gpt-4.1' };
    await assert.rejects(verified({ completion }), /no key with the ID nobody/);
    assert.deepEqual(rig.setup.gateway.calls, []);
  });

  it('tells what failed', async () => {
    rig = await VerifySetup.open({ acceptsAnyDate: true, staleDays: true });
    const { log, passed } = await verified();
    assert.deepEqual(
      [passed, log.date_range_filter_working, log.error_path_returned_error],
      [false, 'false', 'false'],
    );
  });

  it('is Markdown with the fields to copy, then the steps', async () => {
    rig = await VerifySetup.open({ acceptsAnyDate: true });
    const { markdown } = await verified();
    assert.deepEqual(markdown.split('\n'), [
      `# Verification of ${rig.setup.gateway.origin}`,
      '',
      '```text',
      `smoke_test_date: ${TODAY}`,
      'query_key_name: Finance',
      'query_date_range: 2026-06-01 to 2026-06-15',
      'total_quota_returned: 9.64',
      'total_used_quota_returned: 0.36',
      'request_count_returned: 4',
      'daily_quota_dates_present: 2026-06-10, 2026-06-12',
      'sample_chat_total_tokens:',
      'usage_field_present:',
      'date_range_filter_working: true',
      'error_path_returned_error: false',
      'reviewer: Ada',
      '```',
      '',
      '- passed: Balance, spend and request count are reported',
      '- passed: A range with activity has days, all of them inside it',
      '- FAILED: A malformed date is refused',
      '- passed: A range without activity has no days',
      '',
    ]);
  });
});

describe('the log’s Markdown with completions', () => {
  let rig: VerifySetup;
  afterEach(() => rig.close());

  it('has a line for each of their steps', async () => {
    rig = await VerifySetup.open();
    const order = { key: rig.queryKey, range: { from: '2026-06-01', to: '2026-06-15' } };
    const result = await rig.verify({ completion: rig.completion });
    const { markdown } = verificationReport(order, result, 'Ada', rig.setup.clock.now());
    assert.deepEqual(markdown.split('\n').slice(-4), [
      '- passed: A plain completion reports its tokens, and they add up',
      '- passed: A streamed completion reports its tokens, and they add up',
      '- passed: The request count grew after the completions',
      '',
    ]);
  });

  it('says why a step could not be finished, and nothing of one that failed by what it found', async () => {
    rig = await VerifySetup.open({ acceptsAnyDate: true });
    const order = { key: rig.queryKey, range: { from: '2026-06-01', to: '2026-06-15' } };
    const result = await rig.verify({}, name => {
      const down = json(502, { error: 'upstream' });
      rig.setup.gateway.setReply('GET /user/quota/', name === 'date-range' ? down : undefined);
    });
    const { steps, markdown } = verificationReport(order, result, 'Ada', rig.setup.clock.now());
    const [balance, dates, malformed] = steps;
    assert.deepEqual([balance?.note, malformed?.passed, malformed?.note], [undefined, false, undefined]);
    assert.match(dates?.note ?? '', /has a server error/);
    assert.match(markdown, /^- FAILED: A range with activity .*has a server error/m);
  });

  it('has not passed without any step', async () => {
    rig = await VerifySetup.open();
    const order = { key: rig.queryKey, range: { from: '2026-06-01', to: '2026-06-15' } };
    const report = verificationReport(order, { steps: [], findings: {} }, 'Ada', rig.setup.clock.now());
    assert.equal(report.passed, false);
  });
});

describe('the log’s Markdown with hostile words', () => {
  let rig: VerifySetup;
  afterEach(() => rig.close());

  /** Markup without a backslash before it, tags, icons and addresses that become links by themselves. */
  const UNESCAPED = /(?<!\\)(?:\\\\)*[[\]`*_|!]|<|\$\(|https?:\/\/evil/;

  const HOSTILE = [
    '```\n# owned',
    '`````',
    '~~~',
    '[free](command:workbench.action.quit)',
    '![x](https://evil.example/x.png)',
    '<img src=x onerror=alert(1)>',
    '$(trash) **bold** _it_ | cell',
    'https://evil.example',
    '\\[x](command:y)',
  ];
  for (const words of HOSTILE) {
    it(`shows ${JSON.stringify(words)} as text`, async () => {
      rig = await VerifySetup.open();
      const said = json(401, { error: words });
      rig.setup.gateway.setReply('GET /user/quota/', said);
      const key = { ...rig.queryKey, label: words };
      const order = { key, range: { from: '2026-06-01', to: '2026-06-15' } };
      const { markdown, log } = verificationReport(order, await rig.verify(), words, rig.setup.clock.now());
      const lines = markdown.split('\n');
      const fences = lines.flatMap((line, at) => (/^\s*(?:`{3,}|~{3,})/.test(line) ? [at] : []));
      assert.deepEqual(fences, [2, 15], 'one fence, around the twelve fields');
      const outside = lines.slice(16).join('\n');
      assert.ok(outside.includes('FAILED'));
      assert.doesNotMatch(outside, UNESCAPED);
      assert.deepEqual(Object.keys(log), FIELDS);
    });
  }
});
