import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { gateways } from '../../../src/gateways/registry.ts';

const SRC = join(import.meta.dirname, '../../../src');

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.ts'))
    .map(name => name.replaceAll('\\', '/'));
}

function read(name: string): string {
  return readFileSync(join(SRC, name), 'utf8');
}

/** Adding a kind takes one folder in `src/gateways/` and one line in the registry: nothing else knows kinds. */
describe('kinds of gateways', () => {
  it('are known to no file outside src/gateways', () => {
    const words = gateways.flatMap(({ kind, hosts }) => [kind, ...hosts]);
    const telling = filesUnder(SRC)
      .filter(name => !name.startsWith('gateways/'))
      // Parsers of other programs' files go by the names that stand in these, whatever kinds we have.
      .filter(name => !/^services\/importing\/(?:parse|readPlace|sortFoundKeys)/.test(name))
      // OpenTelemetry has an exporter of this name.
      .filter(name => name !== 'cli/configuration/otlpSettings.ts')
      .flatMap(name => words.filter(word => read(name).includes(word)).map(word => `${name}: ${word}`));
    assert.deepEqual(telling, []);
  });

  it('are each a folder with a file of its own name, that no other gateway file but the registry imports', () => {
    const files = filesUnder(join(SRC, 'gateways'));
    for (const { kind } of gateways) {
      assert.ok(files.includes(`${kind}/${kind}.ts`));
      const importers = files.filter(name => read(`gateways/${name}`).includes(`/${kind}.ts'`));
      assert.deepEqual(importers, ['registry.ts']);
    }
  });

  it('have names of their own, and hosts that no two share', () => {
    const kinds = gateways.map(({ kind }) => kind);
    const titles = gateways.map(({ title }) => title);
    const hosts = gateways.flatMap(gateway => gateway.hosts);
    for (const words of [kinds, titles, hosts]) assert.equal(new Set(words).size, words.length);
  });

  for (const gateway of gateways) {
    it(`${gateway.kind} can do what it says, and nothing else`, () => {
      const abilities = new Set(gateway.credentials.flatMap(spec => spec.abilities));
      const ranges = abilities.has('rangeByKey') || abilities.has('rangeByAccount');
      assert.equal(gateway.readUsage !== undefined, ranges);
      assert.equal(gateway.readLogs !== undefined, abilities.has('logs'));
      assert.equal(gateway.readPlans !== undefined, abilities.has('plans'));
      assert.equal(gateway.readAccountKey !== undefined, abilities.has('accountKey'));
      assert.equal(gateway.verification !== undefined, abilities.has('verify'));
    });

    it(`${gateway.kind} reads through limiters that it has`, () => {
      for (const { readLimiter } of gateway.credentials) assert.ok(gateway.limiters[readLimiter]);
      for (const { calls, windowMs, holdMs } of Object.values(gateway.limiters)) {
        assert.ok(calls > 0 && windowMs > 0 && holdMs > 0);
      }
    });
  }
});
