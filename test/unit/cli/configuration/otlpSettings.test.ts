import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { describe, it } from 'mocha';
import { Findings } from '../../../../src/cli/configuration/findings.ts';
import {
  checkCollectorCertificate,
  type OtlpSettings,
  otlpSettingsOf,
} from '../../../../src/cli/configuration/otlpSettings.ts';

type Environment = Readonly<Record<string, string>>;

const ENDPOINT = { OTEL_EXPORTER_OTLP_ENDPOINT: 'https://collector.example:4318' };

interface Read extends Pick<Findings, 'mistakes' | 'warnings'> {
  readonly settings: OtlpSettings | undefined;
}

function read(environment: Environment): Read {
  const findings = new Findings({ folder: '/', environment });
  const settings = otlpSettingsOf(findings);
  const { mistakes, warnings } = findings;
  return { settings, mistakes, warnings };
}

function settingsOf(environment: Environment): OtlpSettings {
  const { settings, mistakes } = read({ ...ENDPOINT, ...environment });
  assert.deepEqual(mistakes, []);
  assert.ok(settings);
  return settings;
}

describe('where metrics are pushed to', () => {
  for (const [what, environment] of Object.entries<Environment>({
    'no endpoint is set': {},
    'the endpoint is empty': { OTEL_EXPORTER_OTLP_ENDPOINT: ' ' },
    'OpenTelemetry is switched off': { ...ENDPOINT, OTEL_SDK_DISABLED: 'TRUE' },
    'metrics are not for this exporter': { ...ENDPOINT, OTEL_METRICS_EXPORTER: 'none' },
    'it is off, whatever else is wrong': {
      OTEL_METRICS_EXPORTER: 'prometheus,console',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'nonsense',
      OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
    },
  }))
    it(`is nowhere when ${what}`, () => {
      assert.deepEqual(read(environment), { settings: undefined, mistakes: [], warnings: [] });
    });

  it('is a path below the endpoint of all, or the endpoint for metrics as it is', () => {
    const href = (environment: Environment) => settingsOf(environment).endpoint.href;
    assert.equal(href({}), 'https://collector.example:4318/v1/metrics');
    assert.equal(
      href({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://alloy:4318/otlp/' }),
      'http://alloy:4318/otlp/v1/metrics',
    );
    assert.equal(
      href({ OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: 'https://vm.example/opentelemetry?tenant=1' }),
      'https://vm.example/opentelemetry?tenant=1',
    );
  });

  it('is every minute by usual values, in ten seconds, compressed', () => {
    const { intervalMs, timeoutMs, isCompressed, headers, resource, caFile } = settingsOf({});
    assert.deepEqual(
      [intervalMs, timeoutMs, isCompressed, headers, resource, caFile],
      [60_000, 10_000, true, {}, {}, undefined],
    );
  });

  it('is as the variables say, those for metrics first', () => {
    const { intervalMs, timeoutMs, isCompressed, headers, resource, caFile } = settingsOf({
      OTEL_METRICS_EXPORTER: 'console, otlp',
      OTEL_METRIC_EXPORT_INTERVAL: '15000',
      OTEL_EXPORTER_OTLP_TIMEOUT: '3000',
      OTEL_EXPORTER_OTLP_METRICS_TIMEOUT: '2000',
      OTEL_EXPORTER_OTLP_COMPRESSION: 'none',
      OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
      OTEL_EXPORTER_OTLP_METRICS_PROTOCOL: 'http/protobuf',
      OTEL_EXPORTER_OTLP_HEADERS: ' X-Scope-OrgID = ml , Authorization=Basic%20YTpi==, ',
      OTEL_EXPORTER_OTLP_METRICS_HEADERS: 'x-scope-orgid=ops',
      OTEL_EXPORTER_OTLP_CERTIFICATE: 'ca.pem',
      OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=prod,service.name=quota',
      OTEL_SERVICE_NAME: 'team quota',
    });
    assert.deepEqual([intervalMs, timeoutMs, isCompressed], [15_000, 2000, false]);
    assert.deepEqual(headers, { 'x-scope-orgid': 'ops', authorization: 'Basic YTpi==' });
    assert.deepEqual(resource, {
      'deployment.environment.name': 'prod',
      'service.name': 'team quota',
    });
    assert.equal(caFile, resolve('ca.pem'));
  });
});

describe('a mistake in a variable of OpenTelemetry', () => {
  const BASE = 'OTEL_EXPORTER_OTLP_';
  const cases: readonly (readonly [name: string, text: string, sentence: RegExp])[] = [
    [`${BASE}ENDPOINT`, 'collector:4318', /must be an address/],
    [`${BASE}ENDPOINT`, 'grpc://collector:4317', /must be an address/],
    [`${BASE}ENDPOINT`, 'https://me:hunter2xyz@collector.example', /login does not belong into an address/],
    [`${BASE}ENDPOINT`, 'http://collector.example:4318', /Plain http .* Use https/],
    [`${BASE}PROTOCOL`, 'grpc', /http\/protobuf alone/],
    [`${BASE}PROTOCOL`, 'http/json', /http\/protobuf alone/],
    [`${BASE}METRICS_PROTOCOL`, 'grpc', /http\/protobuf alone/],
    [`${BASE}COMPRESSION`, 'zstd', /gzip or none/],
    [`${BASE}CLIENT_KEY`, '/etc/key.pem', /is not shown to collectors/],
    [`${BASE}TIMEOUT`, '10s', /whole number of milliseconds, 1 or more/],
    ['OTEL_METRIC_EXPORT_INTERVAL', '999', /whole number of milliseconds, 1000 or more/],
    [`${BASE}HEADERS`, 'hunter2xyz', /Entry 1 of this list is not name=value/],
    [`${BASE}HEADERS`, 'a=b,c=%zz-hunter2xyz', /Entry 2 of this list is not name=value/],
    [`${BASE}HEADERS`, 'a(b)=hunter2xyz', /no header can have/],
    [`${BASE}METRICS_HEADERS`, 'a=hunter2xyz%0d%0ab: c', /no header can have/],
    [`${BASE}HEADERS`, 'a=b,Content-Length=hunter2xyz', /The header content-length is set with each push/],
    [`${BASE}METRICS_HEADERS`, 'content-type=hunter2xyz', /The header content-type is set with each push/],
    [`${BASE}METRICS_ENDPOINT`, 'collector.example/v1/metrics', /must be an address/],
    ['OTEL_RESOURCE_ATTRIBUTES', '=x', /Entry 1 of this list/],
  ];
  for (const [name, text, sentence] of cases)
    it(`${name}=${text} is said in one sentence, without what it is set to`, () => {
      const { mistakes } = read({ ...ENDPOINT, [name]: text });
      assert.equal(mistakes.length, 1, mistakes.join('\n'));
      assert.match(mistakes[0] ?? '', sentence);
      assert.ok(mistakes[0]?.startsWith(`“${name}”: `));
      assert.ok(!mistakes[0]?.includes('hunter2'));
    });

  const doubts: readonly (readonly [name: string, text: string, isPushed: boolean, sentence: RegExp])[] = [
    [`${BASE}METRICS_TEMPORALITY_PREFERENCE`, 'delta', true, /cumulative sums alone/],
    [`${BASE}ENDPOINT`, 'https://collector.example/v1/metrics', true, /is added, which it has already/],
    [`${BASE}ENDPOINT`, 'https://collector.example:4317', true, /gRPC, which is not spoken here/],
    ['OTEL_SDK_DISABLED', '1', true, /true or false/],
    ['OTEL_METRICS_EXPORTER', 'oltp', false, /a name that is not known here/],
  ];
  for (const [name, text, isPushed, sentence] of doubts)
    it(`${name}=${text} is a warning, and metrics are ${isPushed ? 'pushed' : 'not pushed'}`, () => {
      const { settings, mistakes, warnings } = read({ ...ENDPOINT, [name]: text });
      assert.deepEqual([settings !== undefined, mistakes.length, warnings.length], [isPushed, 0, 1]);
      assert.match(warnings[0] ?? '', sentence);
    });

  it('is a file of certificates that is not there', async () => {
    const findings = new Findings({
      folder: '/',
      environment: { ...ENDPOINT, [`${BASE}CERTIFICATE`]: '/not/here.pem' },
    });
    await checkCollectorCertificate(findings, otlpSettingsOf(findings) ?? assert.fail());
    assert.deepEqual(findings.mistakes, [`“${BASE}CERTIFICATE”: This names a file that does not exist.`]);
  });
});
