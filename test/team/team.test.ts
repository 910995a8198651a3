import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, describe, it } from 'mocha';
import project from '../../package.json' with { type: 'json' };
import type { TeamAnswer } from '../../src/core/team/teamAnswer.ts';
import { projectRoot } from '../host/project.ts';
import { TestWindow } from '../unit/support/testWindow.ts';
import { engines } from './engines.ts';
import { eventually, type Program } from './program.ts';
import { COLLECTOR, type Engine, READER, TeamStage } from './stage.ts';

const HANDLES = ['ok', 'low', 'unlimited-once-limited'];
const { victoriaMetrics } = await engines();
if (victoriaMetrics === undefined)
  process.stdout.write(
    'What is pushed was LEFT OUT: VictoriaMetrics takes it, which is unpacked from Debian’s own packages, and this is no Debian.\n',
  );

/** In this order: each step goes on from what the one before left. */
describe('a team’s server under Debian’s Prometheus and Alertmanager', () => {
  let stage: TeamStage;
  let server: Program;

  before(async () => {
    stage = await TeamStage.create();
    server = await stage.serve(HANDLES);
    // What is pushed is not taken back: a label that the first figures change would stay beside the new one for minutes.
    await allRead();
    await stage.startEngines();
  });
  after(() => stage.close());

  /** What Prometheus has is missing for a moment whenever a scrape comes too late for it, on a busy machine. */
  const holds = (assertions: () => Promise<void>) => eventually(() => assertions().then(() => true));
  const keys = async () => (JSON.parse(await stage.get('/v1/keys', READER)) as TeamAnswer).keys;
  const allRead = () => eventually(async () => (await keys()).every(({ reading }) => reading));
  /** A value in Prometheus, by the name of its key. */
  const figureOf = async (metric: string, key: string) => {
    const { data } = await stage.query(`${metric}{key_name="${key}"}`);
    const [first] = data.result;
    return first && Number(first.value[1]);
  };

  /** What an engine has of ours, by name and labels, without those that say where it has them from. */
  const seriesIn = async (engine: Engine) => {
    const { data } = await stage.query('{__name__=~"key_quota_.+"}', engine);
    return new Map(
      data.result.map(({ metric, value: [, value] }) => {
        const { job, instance, service_name, service_instance_id, ...own } = metric;
        assert.ok((job && instance) || (service_name && service_instance_id));
        return [JSON.stringify(Object.entries(own).sort()), Number(value)];
      }),
    );
  };
  /** What the webhook was told last of a key that is low, or was. */
  const lastTold = (key: string) =>
    stage.alerts.findLast(({ labels }) => labels.alertname === 'KeyQuotaLow' && labels.key_name === key)
      ?.status;
  /** What the extension reads from Prometheus. */
  const readFromPrometheus = async () => {
    const testWindow = new TestWindow();
    try {
      const baseUrl = stage.engineAddresses.prometheus;
      const key = {
        label: 'Team',
        kind: 'prometheus',
        baseUrl,
        credential: 'apiKey',
        secret: 'none',
      } as const;
      const { reading } = await testWindow.refreshKey(await testWindow.keyService.add(key));
      assert.ok(reading);
      return reading;
    } finally {
      await testWindow.close();
    }
  };

  /** Which keys it finds there, besides those of other exporters. */
  const readsKeys = (...handles: readonly string[]) =>
    holds(async () => {
      const { accountKeys = [] } = await readFromPrometheus();
      assert.deepEqual(accountKeys.map(({ name }) => name).sort(), [...handles, 'ops', 'web'].sort());
    });

  it('runs with one heap of the C library, and says nothing of how', () => {
    const variables = readFileSync(`/proc/${server.process.pid}/environ`, 'utf8').split('\0');
    assert.ok(variables.includes('MALLOC_ARENA_MAX=1'));
    assert.doesNotMatch(server.output, /experimental/i);
  });

  it('is scraped, and has the figures of its gateway there', async () => {
    await eventually(async () => (await stage.query('up{job="key-quota"} == 1')).data.result[0]);
    await eventually(async () => (await figureOf('key_quota_unlimited', 'unlimited-once-limited')) === 1);
    for (const handle of ['ok', 'low']) {
      const { remain, used } = stage.gateway.key(handle);
      await holds(async () => {
        assert.equal(await figureOf('key_quota_remaining_usd', handle), remain / 500_000);
        assert.equal(await figureOf('key_quota_usage_usd', handle), used / 500_000);
      });
    }
    assert.equal(await figureOf('key_quota_remaining_usd', 'unlimited-once-limited'), undefined);
  });

  if (victoriaMetrics !== undefined)
    it('pushes to VictoriaMetrics what Prometheus scrapes, under the same names and labels', async () => {
      await eventually(async () => {
        const [pushed, scraped] = [await seriesIn('victoriaMetrics'), await seriesIn('prometheus')];
        assert.deepEqual(pushed, scraped);
        return pushed.size >= 40;
      });
      await stage.server.untilSaid(/info Metrics reach http:\S+ again\.\n/);
      assert.match(stage.server.output, /info Metrics are pushed to http:\S+ every 1 s\.\n/);
      // It began later than the server.
      const refused = stage.server.output.match(
        /warn Metrics do not reach http:\S+ Nothing answers there\./g,
      );
      assert.equal(refused?.length, 1);
      assert.ok(!stage.server.output.includes(COLLECTOR));
    });

  it('is read from Prometheus by the extension, with the figures of its gateway', async () => {
    const figures = (handle: string) => {
      const { remain, used } = stage.gateway.key(handle);
      return { remaining: remain / 500_000, used: used / 500_000 };
    };
    const ids = new Map((await keys()).map(({ id, label }) => [label, id]));
    const oldest = (await keys()).map(({ reading }) => reading?.takenAt ?? '').sort()[0];
    await holds(async () => {
      const { accountKeys = [], windows, unit, takenAt } = await readFromPrometheus();
      const found = new Map(accountKeys.map(({ name, ...key }) => [name, key]));
      for (const handle of ['ok', 'low'])
        assert.deepEqual(found.get(handle), { id: ids.get(handle), expiresAt: null, ...figures(handle) });
      const { unlimited, remaining } = found.get('unlimited-once-limited') ?? {};
      assert.deepEqual([unlimited, remaining, unit], [true, undefined, { code: 'USD', source: 'gateway' }]);
      assert.equal(takenAt, oldest);
      // By other presets.
      assert.deepEqual(found.get('web'), { remaining: 4.5, used: 5.5 });
      assert.deepEqual(found.get('ops'), { unlimited: true });
      assert.deepEqual(windows, [
        {
          ...{ name: 'five_hour', scope: 'plan', scopeName: 'anthropic' },
          ...{ used: 42, unit: 'percent', resetsAt: '2100-01-01T00:00:00.000Z' },
        },
      ]);
    });
  });

  it('writes metrics that promtool finds nothing to say about', async () => {
    const { status, stdout, stderr } = spawnSync(stage.engines.promtool, ['check', 'metrics'], {
      input: await stage.metrics(),
      encoding: 'utf8',
    });
    assert.deepEqual([status, stdout, stderr], [0, '', '']);
  });

  it('comes with rules, routes and a scrape configuration that hold by their own tests', () => {
    const check = (tool: string, ...args: string[]) =>
      execFileSync(tool, args, { cwd: join(projectRoot, 'deploy'), encoding: 'utf8' });
    const { promtool, amtool } = stage.engines;
    assert.match(check(promtool, 'test', 'rules', 'prometheus/key-quota.rules.test.yml'), /SUCCESS/);
    assert.match(check(promtool, 'check', 'config', join(stage.folder, 'prometheus.yml')), /10 rules found/);
    assert.match(check(amtool, 'check-config', 'alertmanager/alertmanager.yml'), /SUCCESS/);
  });

  it('comes with a dashboard, each query of which Prometheus answers', async () => {
    const { panels, templating } = JSON.parse(
      readFileSync(join(projectRoot, 'deploy/grafana/key-quota.json'), 'utf8'),
    ) as {
      panels: { title: string; targets: { expr: string }[] }[];
      templating: { list: { name: string; query: string }[] };
    };
    const expressions = panels.flatMap(({ title, targets }) => targets.map(({ expr }) => ({ title, expr })));
    assert.ok(expressions.length >= 12);
    for (const { title, expr } of expressions) {
      const { status } = await stage.query(expr.replaceAll('$gateway', '.*').replaceAll('$key', '.*'));
      assert.equal(status, 'success', title);
    }
    const answered = async (title: string) => {
      const { expr = '' } = expressions.find(each => each.title === title) ?? {};
      return (await stage.query(expr.replaceAll('$gateway', '.*').replaceAll('$key', '.*'))).data.result
        .length;
    };
    await holds(async () => {
      assert.equal(await answered('Status'), 3);
      assert.equal(await answered('Tightest keys'), 2);
      assert.equal(await answered('Remaining, USD'), 2);
      // What its variables choose from.
      for (const { query } of templating.list.slice(1)) {
        const [, series = ''] = /^label_values\((.*), \w+\)$/.exec(query) ?? [];
        assert.equal((await stage.query(series.replaceAll('$gateway', '.*'))).data.result.length, 3, query);
      }
    });
  });

  it('names keys in its dashboard by their ids where the server tells no names', () => {
    const { panels } = JSON.parse(
      readFileSync(join(projectRoot, 'deploy/grafana/key-quota.json'), 'utf8'),
    ) as { panels: { targets: { expr: string; legendFormat?: string; format?: string }[] }[] };
    const drawn = panels.flatMap(({ targets }) => targets).filter(({ format }) => format !== 'table');
    const ofKeys = drawn.filter(({ legendFormat = '' }) => !legendFormat.startsWith('{{server_address}}'));
    assert.ok(ofKeys.length >= 7);
    const metrics = new Set(ofKeys.flatMap(({ expr }) => expr.match(/key_quota_\w+/g) ?? []));
    const input_series = ['key_id="a1b2"', 'key_id="c3d4",key_name="ML batch"'].flatMap(labels =>
      [...metrics].map(name => ({ series: `${name}{${labels},status="low"}`, values: '1x60' })),
    );
    const promql_expr_test = ofKeys.map(({ expr, legendFormat }) => {
      assert.match(legendFormat ?? '', /^\{\{key\}\}/);
      return {
        expr: `group by (key) (${expr.replaceAll('$gateway', '.*').replaceAll('$key', '.*')})`,
        eval_time: '30m',
        exp_samples: ['a1b2', 'ML batch'].map(key => ({ labels: `{key="${key}"}`, value: 1 })),
      };
    });
    const file = join(stage.folder, 'dashboard.test.json');
    writeFileSync(file, JSON.stringify({ tests: [{ interval: '1m', input_series, promql_expr_test }] }));
    const { stdout, stderr } = spawnSync(stage.engines.promtool, ['test', 'rules', file], {
      encoding: 'utf8',
    });
    assert.match(stdout, /SUCCESS/, stderr + stdout);
  });

  it('killed in the midst of it, has its figures at once, and asks for nothing twice', async () => {
    const [before, calls] = [await keys(), stage.gateway.calls.length];
    assert.equal(await stage.server.end('SIGKILL'), null);
    await stage.serve(HANDLES);
    const figures = (all: TeamAnswer['keys']) =>
      all.map(({ id, reading }) => [id, reading?.takenAt, reading?.quota]);
    assert.deepEqual(figures(await keys()), figures(before));
    assert.equal(stage.gateway.calls.length, calls);
  });

  it('ends in good order, and leaves its database whole', async () => {
    assert.equal(await stage.server.end('SIGTERM'), 0);
    assert.match(stage.server.output, /info Ended\.\n$/);
    const database = new DatabaseSync(join(stage.folder, 'data', 'key-quota.db'));
    assert.equal(database.prepare('PRAGMA integrity_check').get()?.integrity_check, 'ok');
    // As if the time until the next check had passed.
    database.exec('UPDATE states SET due_at = 0');
    database.close();
  });

  it('is read from Prometheus while it is down, too', async () => {
    await eventually(async () => (await stage.query('up{job="key-quota"} == 0')).data.result[0]);
    assert.equal(await figureOf('key_quota_remaining_usd', 'ok'), undefined);
    await readsKeys(...HANDLES);
  });

  it('has a key that its gateway makes low told to the webhook', async () => {
    assert.equal(lastTold('ok'), undefined);
    stage.gateway.key('ok').remain = 5000;
    stage.gateway.key('ok').used = 145_000;
    await stage.serve(HANDLES);
    await eventually(async () => lastTold('ok') === 'firing' && lastTold('low') === 'firing');
  });

  it('has nothing more to say of a key that it watches no more, here and in alerts', async () => {
    await stage.server.end();
    await stage.serve(['ok']);
    await readsKeys('ok');
    await eventually(async () => lastTold('low') === 'resolved' && lastTold('ok') === 'firing');
  });

  it('is installed from its package in a fresh folder, with nothing beside it', () => {
    const npm = (args: readonly string[], cwd: string) =>
      execFileSync('npm', args, { cwd, encoding: 'utf8' });
    const packed = join(stage.folder, 'dist', 'npm');
    const file = npm(['pack', '--silent', '--pack-destination', stage.folder], packed).trim();
    writeFileSync(join(stage.folder, 'alertmanager', 'package.json'), '{}');
    const fresh = join(stage.folder, 'alertmanager');
    npm(['install', '--offline', '--no-audit', '--no-fund', join(stage.folder, file)], fresh);
    const installed = npm(['ls', '--all', '--parseable'], fresh).trim().split('\n');
    assert.equal(installed.length, 2);
    assert.equal(npm(['exec', '--offline', '--', 'key-quota', '--version'], fresh), `${project.version}\n`);
  });
});
