import type { UsageCell, UsageTimeline } from '../usage/usage.ts';
import type { UsageReport } from '../usage/usageReport.ts';
import type { ShownUsage, UsageAnswer, UsagePageMessage } from './usageMessages.ts';

/** Cells as one list of numbers, six for each: time, key and model by their places in the names, then the three amounts. */
interface PackedTimeline {
  readonly step: UsageTimeline['step'];
  readonly cells: readonly (number | null)[];
}

/** A report whose cells are packed. The sums that follow from the cells are left out. */
interface PackedReport extends Omit<UsageReport, 'timeline'> {
  readonly timeline?: PackedTimeline;
}

interface PackedReports {
  readonly reports: readonly PackedReport[];
  readonly names: readonly string[];
}

type Hours = Extract<UsagePageMessage, { type: 'hours' }>;

/**
 * A message to the usage page as it is sent. Fifty keys have thirty thousand cells in a quarter, which are searched for
 * secrets, made text, read and copied on their way: as lists of numbers that takes a fifth of the time.
 */
export type PackedMessage =
  | Exclude<UsagePageMessage, { type: 'show' | 'hours' }>
  | ({ readonly type: 'show' } & Omit<ShownUsage, 'answer' | 'previous'> & {
        readonly answer: Omit<UsageAnswer, 'reports'> & PackedReports;
        readonly previous?: Omit<UsageAnswer, 'reports'> & PackedReports;
      })
  | (Omit<Hours, 'reports'> & PackedReports);

/** Packs a message to the usage page, in the host. */
export function packMessage(message: UsagePageMessage): PackedMessage {
  switch (message.type) {
    case 'show': {
      const { answer, previous } = message;
      return { ...message, answer: withPacked(answer), previous: previous && withPacked(previous) };
    }
    case 'hours':
      return withPacked(message);
    default:
      return message;
  }
}

/** Unpacks it, in the page. */
export function unpackMessage(message: PackedMessage): UsagePageMessage {
  switch (message.type) {
    case 'show': {
      const { answer, previous } = message;
      return { ...message, answer: withUnpacked(answer), previous: previous && withUnpacked(previous) };
    }
    case 'hours':
      return withUnpacked(message);
    default:
      return message;
  }
}

function withPacked<T extends { readonly reports: readonly UsageReport[] }>(
  answer: T,
): Omit<T, 'reports'> & PackedReports {
  const names = new Names();
  const reports = answer.reports.map((report): PackedReport => {
    const { timeline, byDay: _byDay, byKey: _byKey, byModel: _byModel, ...rest } = report;
    if (!timeline) return { ...report, timeline };
    return { ...rest, timeline: { step: timeline.step, cells: packedCells(timeline.cells, names) } };
  });
  return { ...answer, reports, names: names.all };
}

function withUnpacked<T extends PackedReports>({
  reports: packed,
  names,
  ...rest
}: T): Omit<T, keyof PackedReports> & { readonly reports: readonly UsageReport[] } {
  const reports = packed.map(({ timeline, ...report }): UsageReport => {
    if (!timeline) return report;
    return { ...report, timeline: { step: timeline.step, cells: unpackedCells(timeline.cells, names) } };
  });
  return { ...rest, reports };
}

const NONE = -1;
const NUMBERS_A_CELL = 6;

/** Gives each name a place in a list. */
class Names {
  readonly all: string[] = [];
  readonly #places = new Map<string, number>();

  placeOf(name: string | undefined): number {
    if (name === undefined) return NONE;
    const known = this.#places.get(name);
    if (known !== undefined) return known;
    this.#places.set(name, this.all.length);
    return this.all.push(name) - 1;
  }
}

function packedCells(cells: readonly UsageCell[], names: Names): (number | null)[] {
  const packed: (number | null)[] = [];
  for (const { at, key, model, used, requests, tokens } of cells) {
    packed.push(names.placeOf(at), names.placeOf(key), names.placeOf(model));
    packed.push(used, requests ?? null, tokens ?? null);
  }
  return packed;
}

function unpackedCells(packed: PackedTimeline['cells'], names: readonly string[]): UsageCell[] {
  const cells: UsageCell[] = [];
  for (let first = 0; first < packed.length; first += NUMBERS_A_CELL) {
    const cell: { -readonly [Member in keyof UsageCell]: UsageCell[Member] } = {
      at: names[packed[first] ?? NONE] ?? '',
      used: packed[first + 3] ?? 0,
    };
    // Written member by member: there are tens of thousands of cells, and spreading objects into each takes longer.
    const [key, model] = [names[packed[first + 1] ?? NONE], names[packed[first + 2] ?? NONE]];
    const [requests, tokens] = [packed[first + 4], packed[first + 5]];
    if (key !== undefined) cell.key = key;
    if (model !== undefined) cell.model = model;
    if (typeof requests === 'number') cell.requests = requests;
    if (typeof tokens === 'number') cell.tokens = tokens;
    cells.push(cell);
  }
  return cells;
}
