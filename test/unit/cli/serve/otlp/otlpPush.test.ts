import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { Findings } from '../../../../../src/cli/configuration/findings.ts';
import { otlpSettingsOf } from '../../../../../src/cli/configuration/otlpSettings.ts';
import { startOtlpPush } from '../../../../../src/cli/serve/otlp/startOtlpPush.ts';
import { createServerLog } from '../../../../../src/cli/serve/serverLog.ts';
import { makeCertificate } from '../../../../sampleGateways/certificate.ts';
import { realClock } from '../../../../sampleGateways/clock.ts';
import { secretFor } from '../../../../sampleGateways/secrets.ts';
import { removeTempFolders, tempFolder } from '../../../support/folders.ts';
import { ManualClock } from '../../../support/manualClock.ts';
import { measured } from '../../../support/measured.ts';
import { OtlpCollector } from '../../../support/otlpCollector.ts';
import { until } from '../../../support/until.ts';

const MINUTE_MS = 60_000;
const TOKEN = secretFor('header of a collector');

describe('pushing metrics', () => {
  let collector: OtlpCollector;
  let clock: ManualClock;
  let lines: string[];
  let isUnread: boolean;
  let running: { close(): Promise<void> } | undefined;

  beforeEach(async () => {
    collector = new OtlpCollector();
    clock = new ManualClock();
    lines = [];
    isUnread = false;
    await collector.start();
  });
  afterEach(async () => {
    await running?.close();
    collector.close();
    removeTempFolders();
  });

  const start = (environment: Readonly<Record<string, string>> = {}) => {
    const findings = new Findings({
      folder: '/',
      environment: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.origin, ...environment },
    });
    const settings = otlpSettingsOf(findings);
    assert.ok(settings, findings.mistakes.join());
    running = startOtlpPush({
      ...{ settings, environment, clock, proxyLogins: new Map(), address: 'http://127.0.0.1:9633' },
      measure: () => (isUnread ? undefined : measured({})),
      // Without the time, which is the real one.
      log: createServerLog(line => lines.push(line.slice(25))),
    });
  };
  /** Until a push is over, and the next one waits for its turn. */
  const settled = () => until(() => clock.nextIn() === MINUTE_MS);
  const pushAgain = async () => {
    await clock.advance(MINUTE_MS);
    await settled();
  };

  it('is done at once and then every minute, as compressed protobuf', async () => {
    start();
    await settled();
    await pushAgain();
    assert.equal(collector.pushes.length, 2);
    const [{ method, path, headers, push } = assert.fail()] = collector.pushes;
    assert.deepEqual([method, path], ['POST', '/v1/metrics']);
    assert.deepEqual(
      [headers['content-type'], headers['content-encoding'], headers['user-agent']],
      ['application/x-protobuf', 'gzip', 'key-quota'],
    );
    assert.equal(push.resource['service.name'], 'key-quota');
    assert.match(push.resource['service.instance.id'] ?? '', /^[^:]+:9633$/);
    assert.ok(push.metrics.some(({ name }) => name === 'key_quota_status'));
    assert.deepEqual(lines, [`info Metrics are pushed to ${collector.origin} every 60 s.`]);
  });

  it('is uncompressed and under another service name where variables say so', async () => {
    start({
      OTEL_EXPORTER_OTLP_COMPRESSION: 'none',
      OTEL_SERVICE_NAME: 'quota',
      OTEL_RESOURCE_ATTRIBUTES: 'service.instance.id=one',
    });
    await settled();
    const [{ headers, push } = assert.fail()] = collector.pushes;
    assert.equal(headers['content-encoding'], undefined);
    assert.deepEqual(push.resource, { 'service.name': 'quota', 'service.instance.id': 'one' });
  });

  it('has its headers with it, and nobody else hears of them', async () => {
    collector.status = 401;
    start({ OTEL_EXPORTER_OTLP_HEADERS: `Authorization=Bearer%20${TOKEN},X-Scope-OrgID=ml` });
    await settled();
    const [{ headers } = assert.fail()] = collector.pushes;
    assert.deepEqual([headers.authorization, headers['x-scope-orgid']], [`Bearer ${TOKEN}`, 'ml']);
    assert.equal(
      lines.at(-1),
      `warn Metrics do not reach ${collector.origin}: It refuses who asks (401). Check OTEL_EXPORTER_OTLP_HEADERS. It is tried again every 60 s.`,
    );
    assert.ok(!lines.join().includes(TOKEN.slice(0, 12)));
  });

  it('says once that a collector is down, and once that it is back', async () => {
    const { port, origin } = collector;
    start();
    await settled();
    collector.close();
    await pushAgain();
    await pushAgain();
    await collector.start(port);
    collector.status = 503;
    await pushAgain();
    await pushAgain();
    collector.status = 200;
    await pushAgain();
    await pushAgain();
    assert.deepEqual(lines.slice(1), [
      `warn Metrics do not reach ${origin}: Nothing answers there. It is tried again every 60 s.`,
      `warn Metrics do not reach ${origin}: It answered with the status 503. It is tried again every 60 s.`,
      `info Metrics reach ${origin} again.`,
    ]);
  });

  it('pushes nothing while the database cannot be read, and says so once', async () => {
    isUnread = true;
    start();
    await settled();
    await pushAgain();
    assert.equal(collector.pushes.length, 0);
    isUnread = false;
    await pushAgain();
    assert.equal(collector.pushes.length, 1);
    const { origin } = collector;
    assert.deepEqual(lines.slice(1), [
      `warn Metrics do not reach ${origin}: The database cannot be read yet, so that nothing is pushed. It is tried again every 60 s.`,
      `info Metrics reach ${origin} again.`,
    ]);
  });

  it('leaves a collector alone for as long as that says, though not for days', async () => {
    for (const [retryAfter, seconds] of [
      ['90', 90],
      ['30', 60],
      ['172800', 3600],
    ] as const) {
      collector.status = 429;
      collector.headers = { 'retry-after': retryAfter };
      start();
      await until(() => clock.nextIn() === seconds * 1000);
      assert.equal(
        lines.pop(),
        `warn Metrics do not reach ${collector.origin}: It answered with the status 429. It is tried again ${seconds > 60 ? 'in' : 'every'} ${seconds} s.`,
      );
      await running?.close();
    }
  });

  it('does not take the page of a login for an answer', async () => {
    collector.headers = { 'content-type': 'text/html; charset=utf-8' };
    start();
    await settled();
    assert.match(lines[1] ?? '', /It answers with a web page, as a login does/);
  });

  it('waits for an answer no longer than it is told, and ends at once', async () => {
    collector.status = 0;
    start({ OTEL_EXPORTER_OTLP_TIMEOUT: '1' });
    await settled();
    assert.match(lines.at(-1) ?? '', /There was no answer in time\./);
    await running?.close();
    assert.equal(clock.nextIn(), undefined);

    [lines.length, collector.pushes.length] = [0, 0];
    start();
    await until(() => collector.pushes.length > 0);
    collector.hangUps = 0;
    await running?.close();
    await until(() => collector.hangUps > 0);
    assert.equal(clock.nextIn(), undefined);
    assert.equal(lines.length, 1);
  });

  it('trusts the certificate authority that it is told, and no other', async () => {
    collector.close();
    const certificate = await makeCertificate('ownCa', realClock);
    await collector.start(0, certificate);
    const caFile = join(tempFolder(), 'ca.pem');
    writeFileSync(caFile, certificate.ca);
    start({ OTEL_EXPORTER_OTLP_CERTIFICATE: caFile });
    await settled();
    assert.equal(collector.pushes.length, 1);
    await running?.close();

    start();
    await settled();
    assert.equal(collector.pushes.length, 1);
    assert.match(
      lines.at(-1) ?? '',
      /certificate is not trusted\. If it is yours, name .*OTEL_EXPORTER_OTLP_CERTIFICATE\./,
    );
    await running?.close();

    start({ OTEL_EXPORTER_OTLP_CERTIFICATE: `${caFile}.gone` });
    await settled();
    assert.match(
      lines.at(-1) ?? '',
      /The file that OTEL_EXPORTER_OTLP_CERTIFICATE names could not be read\./,
    );
  });

  it('goes by the proxy that the environment names', async () => {
    const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: 'https://collector.invalid' };
    start({ ...endpoint, HTTPS_PROXY: 'ftp://proxy.invalid' });
    await settled();
    assert.match(lines.at(-1) ?? '', /The proxy that the environment names cannot be used\./);
    await running?.close();

    start({ ...endpoint, HTTPS_PROXY: 'ftp://proxy.invalid', NO_PROXY: '.invalid' });
    await settled();
    assert.match(lines.at(-1) ?? '', /There is no host of that name\.|There is no network\./);
  });
});
