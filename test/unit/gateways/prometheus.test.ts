import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { parseGatewayAddress } from '../../../src/gateways/gatewayAddress.ts';
import type { GatewayContext } from '../../../src/gateways/gatewayContext.ts';
import { readQuota } from '../../../src/gateways/prometheus/endpoints.ts';
import { gatewayOf } from '../../../src/gateways/registry.ts';
import { bindClient } from '../../../src/http/boundClient.ts';
import type { Transport, TransportRequest } from '../../../src/http/transport.ts';
import { DAY, HOUR, MINUTE } from '../support/samples.ts';
import { TestSetup } from '../support/testSetup.ts';

describe('keys that a Prometheus tells of', () => {
  let setup: TestSetup;
  afterEach(() => setup.close());

  const read = async (scenario: string, secret?: string) => {
    setup = await TestSetup.open({ kind: 'prometheus' });
    return setup.read(setup.key(scenario, secret === undefined ? {} : { secret }));
  };

  for (const [scenario, takenAt] of [
    ['two', '2026-06-15T11:55:00.000Z'],
    ['exponents', '2026-06-15T11:59:00.000Z'],
    // The exporter does not say, so that it is when the oldest series was scraped.
    ['lite-llm', '2026-06-15T11:59:00.000Z'],
    ['on-watch', '2026-06-15T11:59:00.000Z'],
    ['all', '2026-06-15T11:55:00.000Z'],
    ['one-old', '2026-06-15T11:55:00.000Z'],
  ] as const)
    it(`${scenario}: has the age of its oldest figure`, async () => {
      assert.equal((await read(scenario)).takenAt, takenAt);
    });

  it('are asked by one instant query that outlasts an exporter, and one for the age where that is not told', async () => {
    await read('two');
    const queries = () =>
      setup.gateway.calls.map(({ search }) => new URLSearchParams(search).get('query') ?? '');
    assert.equal(queries().length, 1);
    assert.match(
      queries()[0] ?? '',
      /^(\{__name__=~"key_quota_.*litellm_.*onwatch_.*"\}) or \(last_over_time\(\1\[1h\]\) unless on\(key_id,.*\) \1 unless on\(job\) \(key_quota_build_info unless on\(job\) up == 0\)\)$/,
    );
    setup.gateway.calls.length = 0;
    await setup.close();
    await read('lite-llm');
    assert.match(queries()[1] ?? '', /^min\(timestamp\(.* or \(max_over_time\(timestamp\(.* unless on\(/);
  });
});

describe('the age of figures that no exporter tells', () => {
  const NOON = Date.UTC(2026, 5, 15, 12);
  const ML = {
    metric: { __name__: 'litellm_remaining_api_key_budget_metric', api_key_alias: 'ml' },
    value: [0, '4.5'],
  };
  const takenAt = async (scraped: readonly string[]) => {
    const sendRequest: GatewayContext['sendRequest'] = async ({ query }) => {
      const isAge = String(query?.query).startsWith('min(');
      const result = isAge ? scraped.map(value => ({ metric: {}, value: [0, value] })) : [ML];
      return { status: 200, headers: new Headers(), text: JSON.stringify({ data: { result } }) };
    };
    return (await readQuota({ sendRequest, now: () => NOON } as unknown as GatewayContext)).takenAt;
  };

  for (const [what, scraped, at] of [
    ['is that of the oldest scrape', [String(NOON / 1000 - 600)], '2026-06-15T11:50:00.000Z'],
    ['is now by a clock that is ahead', [String(NOON / 1000 + 600)], '2026-06-15T12:00:00.000Z'],
    ['is an hour where nobody knows', [], '2026-06-15T11:00:00.000Z'],
    ['is an hour where it cannot be read', ['NaN'], '2026-06-15T11:00:00.000Z'],
    ['is no more than the hour that is asked about', ['4.5'], '2026-06-15T11:00:00.000Z'],
  ] as const)
    it(what, async () => assert.equal(await takenAt(scraped), at));
});

describe('a key that several series tell of', () => {
  const NOON = Date.UTC(2026, 5, 15, 12);
  const read = async (...series: readonly [labels: string, value: string][]) => {
    const result = series.map(([text, value]) => {
      const [__name__ = '', ...pairs] = text.split(' ');
      const labels = Object.fromEntries(pairs.map(pair => pair.split('=')));
      return { metric: { __name__, ...labels }, value: [0, value] };
    });
    const sendRequest: GatewayContext['sendRequest'] = async () => ({
      ...{ status: 200, headers: new Headers() },
      text: JSON.stringify({ data: { result } }),
    });
    return readQuota({ sendRequest, now: () => NOON } as unknown as GatewayContext);
  };
  const own = (instance: string, left: number, status: string, minutesAgo: number) => {
    const key = `key_id=k1 key_name=Main instance=${instance}`;
    return [
      [`key_quota_remaining_usd ${key}`, `${left}`],
      [`key_quota_status ${key} status=${status}`, '1'],
      [`key_quota_reading_timestamp_seconds ${key}`, `${NOON / 1000 - 60 * minutesAgo}`],
    ] as [string, string][];
  };

  it('is told by the server that has the newest figures, whichever comes first', async () => {
    const [fresh, old] = [own('a', 9, 'ok', 1), own('b', 0, 'exhausted', 30)];
    for (const series of [
      [...fresh, ...old],
      [...old, ...fresh],
    ]) {
      const { takenAt, accountKeys, served } = await read(...series);
      assert.deepEqual(
        [takenAt, accountKeys],
        ['2026-06-15T11:59:00.000Z', [{ id: 'k1', name: 'Main', remaining: 9 }]],
      );
      assert.equal(served?.keys[0]?.reading?.takenAt, '2026-06-15T11:59:00.000Z');
    }
  });

  it('has not used less than nothing, and may not', async () => {
    const { served } = await read(
      ...own('a', -2, 'ok', 1),
      ['key_quota_usage_usd key_id=k1 key_name=Main instance=a', '-7'],
      ['key_quota_limit_usd key_id=k1 key_name=Main instance=a', '-3'],
    );
    assert.deepEqual(served?.keys[0]?.reading?.quota, {
      ...{ unlimited: false, granted: undefined, used: undefined },
      remaining: -2,
    });
  });

  it('is refused where its gateway refuses its secret, whatever it had left before', async () => {
    const { served, accountKeys } = await read(...own('a', 9, 'invalid', 1));
    assert.deepEqual(served?.keys[0]?.failure, { class: 'bad-key', reason: 'refused-key' });
    assert.deepEqual(accountKeys, [{ id: 'k1', name: 'Main', remaining: 9 }]);
  });

  it('is none where its id is no id of a server of ours', async () => {
    const others = ['k~1', 'k1k1'.repeat(17), 'k\u00001'].map(
      id => [`key_quota_remaining_usd key_id=${id} key_name=Odd`, '1'] as [string, string],
    );
    const { served } = await read(...own('a', 9, 'ok', 1), ...others);
    assert.deepEqual(
      served?.keys.map(({ id }) => id),
      ['k1'],
    );
  });

  it('is one key of LiteLLM, with what its last call left', async () => {
    const metric = 'litellm_remaining_api_key_budget_metric hashed_api_key=h1 api_key_alias=ml';
    const { accountKeys } = await read(
      [`${metric} pod=a`, '4'],
      [`${metric} pod=b`, '3'],
      [`${metric} pod=c`, '5'],
    );
    assert.deepEqual(accountKeys, [{ name: 'ml', remaining: 3 }]);
  });
});

describe('a Prometheus that tells of less than there is', () => {
  const TWO_KEYS = ['Batch', 'ml'];
  let setup: TestSetup;
  let server: string;
  const read = async () => {
    await setup.testWindow.refreshKey(server);
    await setup.testWindow.monitor.reload();
  };
  const served = () => setup.testWindow.monitor.snapshot.filter(({ id }) => id !== server);
  beforeEach(async () => {
    setup = await TestSetup.open({ kind: 'prometheus' });
    server = await setup.testWindow.keyService.add(setup.key('all', { label: 'Prom' }));
    await setup.testWindow.monitor.start();
    await read();
    assert.deepEqual(
      served().map(({ label }) => label),
      TWO_KEYS,
    );
    const ml = setup.testWindow.keyService.findById(served()[1]?.id ?? '') ?? assert.fail();
    await setup.testWindow.keyService.pin(ml, true);
  });
  afterEach(() => setup.close());

  it('keeps a key whose exporter is down, with its last figures, for a week', async () => {
    setup.gateway.setScenario('all', 'without-lite-llm');
    setup.clock.jump(7 * DAY - HOUR);
    await read();
    const ml = served().find(({ label }) => label === 'ml');
    assert.deepEqual([ml?.pinned, ml?.status, ml?.reading?.quota?.remaining], [true, 'stale', 4.5]);
    setup.clock.jump(HOUR + MINUTE);
    await read();
    assert.deepEqual(
      served().map(({ label }) => label),
      ['Batch'],
    );
  });

  it('keeps no line of a key that is told by another id in its place, however often', async () => {
    const tell = async (id: string) => {
      const labels = { key_id: id, key_name: 'Batch' };
      const seconds = setup.clock.now() / 1000;
      const result = [
        { metric: { __name__: 'key_quota_remaining_usd', ...labels }, value: [0, '1'] },
        { metric: { __name__: 'key_quota_reading_timestamp_seconds', ...labels }, value: [0, `${seconds}`] },
      ];
      const body = JSON.stringify({ status: 'success', data: { resultType: 'vector', result } });
      setup.gateway.setReply('GET /api/v1/query', { status: 200, body });
      await read();
    };
    for (const id of ['s1', 's2', 's3', 's4']) await tell(id);
    assert.deepEqual(
      served().map(({ label }) => label),
      ['ml', 'Batch'],
    );
  });

  it('has no line beside that of another server, whichever window wrote it', async () => {
    const { id, ...batch } = setup.testWindow.keyService.findById(served()[0]?.id ?? '') ?? assert.fail();
    const other = id.replace(/^.*~/, 'another~');
    setup.testWindow.store.transaction(() => setup.testWindow.store.keys.addKey({ ...batch, id: other }));
    await read();
    const [ml, ...others] = served().map(key => key.id);
    assert.deepEqual(others, [other]);
    // Not by LiteLLM's id, which is the digest of a key.
    assert.match(ml ?? '', /^[^~]+~[0-9a-f]{16}$/);
  });

  it('is one key of LiteLLM where two servers tell of it, whatever their tokens', async () => {
    await setup.testWindow.refreshKey(await setup.testWindow.keyService.add(setup.key('lite-llm')));
    await setup.testWindow.monitor.reload();
    // Four of LiteLLM, of which one was known, beside the other that was known.
    assert.equal(served().filter(({ id }) => id.includes('~')).length, 5);
  });

  it('keeps one where there is another server too', async () => {
    await setup.testWindow.keyService.add(setup.key('two', { label: 'Other' }));
    setup.gateway.setScenario('all', 'without-lite-llm');
    setup.clock.jump(MINUTE);
    await read();
    const labels = served().map(({ label }) => label);
    assert.deepEqual([labels.includes('Batch'), labels.includes('ml')], [true, true]);
  });

  it('takes no key away where it warns that a store behind it did not answer', async () => {
    setup.gateway.setScenario('all', 'partial');
    setup.clock.jump(30 * DAY);
    await read();
    assert.deepEqual(
      served().map(({ label }) => label),
      TWO_KEYS,
    );
    assert.deepEqual(setup.testWindow.keyState(server).reading?.accountKeysMissing, {});
  });
});

describe('what a Prometheus is asked with', () => {
  for (const [secret, authorization] of [
    ['glsa_a-token', 'Bearer glsa_a-token'],
    ['ada:pass:word', `Basic ${Buffer.from('ada:pass:word').toString('base64')}`],
    ['none', undefined],
  ] as const)
    it(`is ${authorization ?? 'nothing'} for ${secret}`, async () => {
      const sent: TransportRequest[] = [];
      const transport: Transport = async request => {
        sent.push(request);
        return { status: 200, headers: new Headers(), text: '{}' };
      };
      const bound = {
        secret,
        baseUrl: 'https://grafana.example/api/datasources/proxy/uid/x',
        credential: 'apiKey',
      } as const;
      const send = bindClient(transport, bound, () => undefined);
      await send({ path: '/api/v1/query', query: { query: 'up' }, secretIn: 'login', limiter: 'key' });
      assert.deepEqual(
        [sent[0]?.headers?.authorization, sent[0]?.url.href],
        [authorization, 'https://grafana.example/api/datasources/proxy/uid/x/api/v1/query?query=up'],
      );
    });

  it('stands below the path of a data source in Grafana, and nowhere else', () => {
    const parsed = (text: string) => parseGatewayAddress(text, undefined, gatewayOf('prometheus')).baseUrl;
    const proxy = 'https://grafana.example/api/datasources/proxy/uid/PBFA97CFB590B2093';
    assert.equal(parsed(proxy), proxy);
    // Also before its kind is chosen, and whatever of it was pasted.
    for (const pasted of [proxy, `${proxy}/api/v1/query?query=up`, `${proxy}/graph`])
      assert.equal(parseGatewayAddress(pasted).baseUrl, proxy);
    assert.equal(
      parseGatewayAddress('https://grafana.example/api/datasources').baseUrl,
      'https://grafana.example',
    );
    assert.equal(parsed('https://prom.example/graph?g0.expr=up'), 'https://prom.example');
    assert.equal(parsed('https://host.example/prometheus/query'), 'https://host.example/prometheus');
  });
});
