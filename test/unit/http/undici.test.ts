import assert from 'node:assert/strict';
import * as esbuild from 'esbuild';
import { after, before, describe, it } from 'mocha';
import { type SampleGateway, startSampleGateway } from '../../sampleGateways/server.ts';
import { Child } from '../support/child.ts';
import type { DispatcherOrder, DispatcherReport } from '../support/dispatcherReport.ts';

const SCRIPT = new URL('../support/dispatcherReport.ts', import.meta.url);

describe('undici', () => {
  let own: SampleGateway;
  let plain: SampleGateway;

  before(async () => {
    own = await startSampleGateway({ tls: 'ownCa' });
    plain = await startSampleGateway();
  });

  after(async () => {
    await own.close();
    await plain.close();
  });

  async function watch(
    order: Pick<DispatcherOrder, 'route' | 'fetchFirst' | 'origin'>,
  ): Promise<DispatcherReport> {
    const child = new Child(SCRIPT, [JSON.stringify({ ...order, plain: plain.origin, ca: own.ca })]);
    const line = await child.untilLine('watched ');
    await child.ended;
    return JSON.parse(line.slice('watched '.length)) as DispatcherReport;
  }

  for (const fetchFirst of [false, true]) {
    it(`leaves the fetch of everyone else alone, ${fetchFirst ? 'after' : 'before'} its first use`, async () => {
      assert.deepEqual(await watch({ origin: own.origin, route: { caFile: 'ca.pem' }, fetchFirst }), {
        status: 200,
        undici: true,
        sameDispatchers: true,
        sameFetch: true,
        sameGlobals: true,
        fetchWorks: true,
      });
    });
  }

  it('is not loaded while no gateway has a custom route', async () => {
    for (const route of [{}, { proxy: 'default' }, { allowHttp: true }]) {
      const { status, undici } = await watch({ origin: plain.origin, route, fetchFirst: true });
      assert.deepEqual({ status, undici }, { status: 200, undici: false });
    }
  });

  it('is in a separate chunk that is only imported on demand', async () => {
    const { metafile } = await esbuild.build({
      entryPoints: ['src/vscode/extension.ts'],
      bundle: true,
      splitting: true,
      format: 'esm',
      platform: 'node',
      external: ['vscode'],
      outdir: 'unused',
      write: false,
      metafile: true,
    });
    const isUndici = (path: string) => path.includes('node_modules/undici/');
    const chunks = Object.entries(metafile.outputs).filter(([, { inputs }]) =>
      Object.keys(inputs).some(isUndici),
    );
    assert.equal(chunks.length, 1);
    const [name, { inputs }] = chunks[0] ?? ['', { inputs: {} }];
    const ours = Object.keys(inputs).filter(path => !isUndici(path));
    assert.deepEqual(
      ours.filter(path => !/^src\/http\/(?:customRoute|proxyErrors|trustedRoots)\.ts$/.test(path)),
      [],
    );
    const importers = Object.values(metafile.outputs).flatMap(({ imports }) =>
      imports.filter(({ path }) => path === name),
    );
    assert.ok(importers.length > 0);
    assert.ok(importers.every(({ kind }) => kind === 'dynamic-import'));
  });
});
