import type { LookInto } from '../../core/panels/lookInto.ts';
import type { ShownUsage, UsagePageMessage } from '../../core/panels/usageMessages.ts';
import type { KnownTotal } from '../../core/usage/unitTotals.ts';
import type { UsageReport } from '../../core/usage/usageReport.ts';
import type { Progress } from '../widgets/busyBar.ts';
import { type Announcement, NO_ANNOUNCEMENT } from '../widgets/liveRegions.ts';
import type { SectionFigures } from './sectionChart.ts';
import { shownSections, totalsOverSections } from './shownFigures.ts';

/** What the extension has told the usage page, and the figures that follow from it. */
export class UsagePageData {
  #shown: ShownUsage | undefined;
  #sections: readonly SectionFigures[] = [];
  #totals: readonly KnownTotal[] = [];
  #hourly: readonly UsageReport[] | undefined;
  #progress: Progress | undefined;
  #problem: Announcement = NO_ANNOUNCEMENT;

  get shown(): ShownUsage | undefined {
    return this.#shown;
  }

  get sections(): readonly SectionFigures[] {
    return this.#sections;
  }

  get totals(): readonly KnownTotal[] {
    return this.#totals;
  }

  /** The reports hour by hour, once somebody wants to see them. */
  get hourly(): readonly UsageReport[] | undefined {
    return this.#hourly;
  }

  get progress(): Progress | undefined {
    return this.#progress;
  }

  get problem(): Announcement {
    return this.#problem;
  }

  /** Takes in a message; figures are those of `only`, where that is looked into. */
  receive(message: UsagePageMessage, only: LookInto | undefined): void {
    switch (message.type) {
      case 'show':
        this.#shown = message;
        this.#hourly = undefined;
        this.lookInto(only);
        break;
      case 'busy':
        this.#problem = NO_ANNOUNCEMENT;
        this.#progress = message;
        break;
      case 'hours':
        // An answer about another question is late.
        if (isSameQuestion(message.question, this.#shown?.answer.question)) this.#hourly = message.reports;
        break;
      case 'idle':
        this.#progress = undefined;
        break;
      case 'problem':
        this.#progress = undefined;
        this.#problem = { text: message.message };
    }
  }

  /** Works out the figures of one key or model; of all when it is undefined. */
  lookInto(only: LookInto | undefined): void {
    if (!this.#shown) return;
    this.#sections = shownSections(this.#shown, only);
    this.#totals = totalsOverSections(this.#shown, only ?? {}, Date.now());
  }
}

type Question = ShownUsage['answer']['question'];

function isSameQuestion(a: Question, b: Question | undefined): boolean {
  return a.from === b?.from && a.to === b.to && a.keyIds.join() === b.keyIds.join();
}
