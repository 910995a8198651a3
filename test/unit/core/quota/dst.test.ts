import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, it } from 'mocha';

const RANGE = new URL('../../../../src/core/usage/range.ts', import.meta.url).href;

/** How many hours a local day has in a time zone, by the product's own reckoning. */
function hoursOf(day: string, zone: string): number {
  const program = `const { parseRange } = await import(${JSON.stringify(RANGE)});
    const { range } = parseRange('${day}', '${day}', Date.UTC(2026, 11, 1));
    process.stdout.write(String((range.to + 1 - range.from) / 3600000));`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    env: { ...process.env, TZ: zone },
    encoding: 'utf8',
  });
  assert.notEqual(stdout, '', stderr);
  return Number(stdout);
}

describe('days on which the clock changes', () => {
  it('have 23 and 25 hours', () => {
    assert.equal(hoursOf('2026-03-29', 'Europe/Berlin'), 23);
    assert.equal(hoursOf('2026-10-25', 'Europe/Berlin'), 25);
    assert.equal(hoursOf('2026-10-26', 'Europe/Berlin'), 24);
  });

  it('begin an hour late where midnight itself is skipped', () => {
    assert.equal(hoursOf('2026-03-08', 'America/Havana'), 23);
  });
});
