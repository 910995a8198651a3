import type { SpendLine, SpendLines } from './spendLines.ts';

/** The most names, and the most models, of a key that are told apart on one day of UTC. */
export const MOST_A_DAY = 300;
/** The most lines of one series, however long it goes on. */
export const MOST_LINES = 10_000;
/** Stands for all names or models beyond that. */
export const OTHERS = '…';

const DAY_S = 86_400;

interface Names {
  readonly names: Set<string>;
  readonly models: Set<string>;
}

/**
 * Finds the line of a name and model for one answer. Names beyond a bound share one line, so that a gateway that makes
 * names up cannot fill the database.
 */
export class LineNames {
  readonly #seriesNo: number;
  readonly #lines: SpendLines;
  readonly #linesOn: (from: number, to: number) => readonly number[];
  readonly #known: Map<string, SpendLine>;
  readonly #isMany: boolean;
  readonly #days = new Map<number, Names>();

  /** `told` is how many an answer has. `linesOn` tells the lines with spend between two seconds. */
  constructor(
    seriesNo: number,
    lines: SpendLines,
    told: number,
    linesOn: (from: number, to: number) => readonly number[],
  ) {
    this.#seriesNo = seriesNo;
    this.#lines = lines;
    this.#linesOn = linesOn;
    this.#known = new Map(lines.ofSeries(seriesNo).map(line => [nameOf(line), line]));
    this.#isMany = this.#known.size + told > MOST_A_DAY;
  }

  /** The number of the line of what was spent at a second. */
  lineAt(second: number, keyName: string, model: string): number {
    if (!this.#isMany) return this.#numberOf(keyName, model);
    const { names, models } = this.#onDay(Math.floor(second / DAY_S));
    return this.#numberOf(within(names, keyName), within(models, model));
  }

  #numberOf(keyName: string, model: string): number {
    const known = this.#known.get(nameOf({ keyName, model }));
    if (known) return known.no;
    const isFull = this.#known.size >= MOST_LINES && (keyName !== OTHERS || model !== OTHERS);
    if (isFull) return this.#numberOf(OTHERS, OTHERS);
    const no = this.#lines.numberOf(this.#seriesNo, keyName, model);
    this.#known.set(nameOf({ keyName, model }), { no, seriesNo: this.#seriesNo, keyName, model });
    return no;
  }

  #onDay(day: number): Names {
    const found = this.#days.get(day);
    if (found) return found;
    const active = new Set(this.#linesOn(day * DAY_S, (day + 1) * DAY_S));
    const lines = [...this.#known.values()].filter(({ no }) => active.has(no));
    const names = {
      names: new Set(lines.map(({ keyName }) => keyName)),
      models: new Set(lines.map(({ model }) => model)),
    };
    this.#days.set(day, names);
    return names;
  }
}

/** The name, if it is one of a day's or there is room for it. */
function within(known: Set<string>, name: string): string {
  if (!known.has(name) && known.size >= MOST_A_DAY) return OTHERS;
  known.add(name);
  return name;
}

function nameOf({ keyName, model }: Pick<SpendLine, 'keyName' | 'model'>): string {
  return `${keyName.length} ${keyName}${model}`;
}
