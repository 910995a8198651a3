import * as l10n from '@vscode/l10n';
import type { ShownUsage } from '../../core/panels/usageMessages.ts';
import { flawOf } from '../../core/usage/headline.ts';
import { rangeText } from '../../text/range.ts';
import { flawedTitle } from '../../text/usageHeadline.ts';
import { type LookInto, lookedAt } from './lookInto.ts';
import type { SectionFigures } from './sectionChart.ts';
import { sectionsOf } from './sections.ts';

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
  // A key without figures is none that is looked into.
  const missing = only.key ? 0 : (answer.missing?.length ?? 0);
  return sectionsOf(lookedAt(answer.reports, only)).map(section => ({
    section,
    missing,
    previous: before && {
      section: before.find(({ id }) => id === section.id),
      flaw: flawOf(reportsBefore, only.key ? 0 : previous?.missing?.length),
    },
    timeZone,
    slots: slotsById,
  }));
}
