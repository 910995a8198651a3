import { type Unit, unitId } from '../../core/quota/unit.ts';
import { knownTotal } from '../../core/usage/knownTotal.ts';
import { addUp } from '../../core/usage/totalSum.ts';
import { missingIn } from '../../core/usage/unitTotals.ts';
import type { UsageTotal } from '../../core/usage/usage.ts';
import type { UsageReport } from '../../core/usage/usageReport.ts';

/** Reports whose amounts may be added: they have the same unit, and none counts the spend of another. */
export interface Section {
  readonly id: string;
  readonly scope: 'key' | 'account';
  readonly unit: Unit;
  readonly reports: readonly UsageReport[];
}

/**
 * Groups reports by what may be added. Units differ; an account's figures contain those of its keys; and a raw quota
 * unit means something else at each gateway.
 */
export function sectionsOf(reports: readonly UsageReport[]): readonly Section[] {
  const groups = Map.groupBy(reports, report => {
    const { unit, keyId } = report;
    return JSON.stringify([scopeOf(report), unitId(unit), unit.code === 'UNITS' ? keyId : '']);
  });
  return [...groups].map(([id, members]) => {
    const assumed = members.find(({ unit }) => unit.source === 'default') ?? members[0];
    if (!assumed) throw new Error('A group has members.');
    return { id, scope: scopeOf(assumed), unit: assumed.unit, reports: members };
  });
}

/** How many of the reports without figures belong into a section: those of its unit, of keys or of accounts as it is. */
export function missingInSection({ scope, unit }: Section, missing: readonly UsageReport[]): number {
  return missingIn(unit, missing).filter(report => scopeOf(report) === scope).length;
}

function scopeOf({ scope }: UsageReport): Section['scope'] {
  return scope.account === undefined ? 'key' : 'account';
}

/** The total of a section; undefined when none of its reports has one. */
export function sectionTotal({ reports }: Section): UsageTotal | undefined {
  return addUp(reports.map(knownTotal).filter(total => total !== undefined));
}
