import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { VersionName } from '../sampleGateways/newApi/version.ts';
import {
  addAccessToken,
  type BillingAnswer,
  type Freshness,
  keepFresh,
  openTeam,
} from '../unit/support/billedTeam.ts';
import type { Figure, Measure } from './measure.ts';

const WINDOWS = 5;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** The releases that the sample gateway imitates, by the names of the ones that were looked at. */
const RELEASES: readonly (readonly [name: string, version: VersionName])[] = [
  ['0.10.9', 'v0.10.8'],
  ['0.12.0', 'v0.12.0'],
  ['1.0', 'v1.0.0-rc.24'],
];

/** How old figures become: a day of a team's thirty keys on one New API, in five windows, from an empty database. */
export const freshness: Measure = {
  name: 'freshness',
  title: `24 simulated hours, 30 API keys of one account on one New API, ${WINDOWS} windows, from an empty database`,
  async run({ quick }) {
    const lastsMs = (quick ? 3 : 24) * HOUR;
    const figures: Figure[] = [];
    for (const [name, version] of RELEASES)
      figures.push(...openFigures(name, await day(version, 'key', lastsMs)));
    const [[name, version]] = RELEASES.slice(1) as [(typeof RELEASES)[number]];
    for (const [what, billing] of [
      ['billing closed', 'closed'],
      ['billing tells the account', 'account'],
    ] as const)
      figures.push(...closedFigures(`${name}, ${what}`, await day(version, billing, lastsMs)));
    figures.push(
      ...accountFigures(`${name}, with an access token`, await day(version, 'key', lastsMs, true)),
    );
    return figures;
  },
};

function openFigures(name: string, day: Freshness): readonly Figure[] {
  return [
    { what: `${name}: longest time unread, after 30 min`, value: longest(day), bound: 10, unit: 'min' },
    { what: `${name}: keys without a figure after 30 min`, value: day.without.length, bound: 0, unit: '' },
    { what: `${name}: scarce calls in the first 20 min`, value: day.firstScarce, bound: 10, unit: '' },
    { what: `${name}: … in any 20 min after them`, value: day.laterScarce, bound: 4, unit: '' },
    { what: `${name}: general calls in any 3 min`, value: day.general, bound: 90, unit: '' },
    ...rightFigures(name, day),
  ];
}

function closedFigures(name: string, day: Freshness): readonly Figure[] {
  return [
    { what: `${name}: pinned, longest time unread`, value: day.pinnedGapMs / MINUTE, bound: 10, unit: 'min' },
    { what: `${name}: others`, value: day.gapMs / MINUTE, bound: 90, unit: 'min' },
    ...rightFigures(name, day),
  ];
}

function accountFigures(name: string, day: Freshness): readonly Figure[] {
  return [
    { what: `${name}: longest time unread, after 30 min`, value: longest(day), bound: 6, unit: 'min' },
    { what: `${name}: scarce calls`, value: day.scarce + day.logs, bound: 100, unit: '' },
    ...rightFigures(name, day),
  ];
}

function rightFigures(name: string, { wrong, refused }: Freshness): readonly Figure[] {
  return [
    { what: `${name}: figures that the gateway never held`, value: wrong.length, bound: 0, unit: '' },
    { what: `${name}: answers 429`, value: refused, bound: 0, unit: '' },
  ];
}

function longest({ pinnedGapMs, gapMs }: Freshness): number {
  return Math.max(pinnedGapMs, gapMs) / MINUTE;
}

async function day(
  version: VersionName,
  billing: BillingAnswer,
  lastsMs: number,
  hasAccessToken = false,
): Promise<Freshness> {
  const folder = mkdtempSync(join(tmpdir(), 'key-quota-bench-'));
  const machine = await openTeam(folder, version, billing);
  try {
    if (hasAccessToken) await addAccessToken(machine);
    return await keepFresh(machine, WINDOWS, lastsMs);
  } finally {
    await machine.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
