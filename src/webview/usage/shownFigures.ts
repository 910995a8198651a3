import * as l10n from '@vscode/l10n';
import { type LookInto, lookedAt } from '../../core/panels/lookInto.ts';
import type { ShownUsage, UsageAnswer } from '../../core/panels/usageMessages.ts';
import { isSameUnit } from '../../core/quota/unit.ts';
import { flawOf } from '../../core/usage/headline.ts';
import { isKnownTotal, type KnownTotal, unitTotals, withoutUnit } from '../../core/usage/unitTotals.ts';
import { rangeText } from '../../text/range.ts';
import { scopeName } from '../../text/usage.ts';
import { flawedTitle } from '../../text/usageHeadline.ts';
import type { SectionFigures } from './sectionChart.ts';
import { missingInSection, type Section, sectionsOf } from './sections.ts';

/** The title of the page: its range, and what is wrong with the figures. */
export function usageTitle(shown: ShownUsage | undefined): string {
  if (!shown) return l10n.t('Usage');
  const { reports, missing = [], question } = shown.answer;
  const title = l10n.t('Usage: {0}', rangeText(question));
  return flawedTitle(title, flawOf(reports, missing.length));
}

/** The sections of the page, each with that of the period before which it is compared with. */
export function shownSections(
  { answer, previous, timeZone, slots }: ShownUsage,
  only: LookInto = {},
): readonly SectionFigures[] {
  const slotsById = slots && { key: new Map(slots.keys), model: new Map(slots.models) };
  const reportsBefore = previous && lookedAt(previous.reports, only);
  const before = reportsBefore && sectionsOf(reportsBefore);
  // A key without figures cannot be looked into.
  const missingFrom = (section: Section, of: UsageAnswer | undefined) =>
    only.key ? 0 : missingInSection(section, of?.missing ?? []);
  return sectionsOf(lookedAt(answer.reports, only)).map(section => {
    const sectionBefore = before?.find(({ id }) => id === section.id);
    return {
      section,
      missing: missingFrom(section, answer),
      previous: before && {
        section: sectionBefore,
        flaw: flawOf(sectionBefore?.reports ?? [], missingFrom(section, previous)),
      },
      timeZone,
      slots: slotsById,
    };
  });
}

/** The totals over accounts and keys of one unit, each key’s spend counted once; those that stand in a section are not among them. */
export function totalsOverSections(
  { answer }: ShownUsage,
  only: LookInto,
  now: number,
): readonly KnownTotal[] {
  if (only.key || only.model) return [];
  const { reports, missing = [] } = answer;
  return unitTotals([...reports, ...missing], now)
    .filter(isKnownTotal)
    .filter(({ unit }) => sectionsOf(reports).filter(section => isSameUnit(section.unit, unit)).length > 1);
}

/** The keys of an answer that are in no section, because nothing tells their unit. */
export function unplacedKeys({ answer: { missing = [] } }: ShownUsage): readonly string[] {
  return withoutUnit(missing).map(scopeName);
}
