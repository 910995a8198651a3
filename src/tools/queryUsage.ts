import { isWholeReport } from '../core/usage/headline.ts';
import { queryUsage as askUsage } from '../monitor/usageQuery.ts';
import { GatewayError } from '../quota/failure.ts';
import type { KeyState } from '../quota/keyState.ts';
import { parseRange, type Range } from '../quota/range.ts';
import { presetEnds, RANGE_PRESETS } from '../quota/rangePresets.ts';
import { rangeProblemText } from '../words/range.ts';
import { namingOf } from './getQuota.ts';
import { unknownKey } from './quotaAnswer.ts';
import { textIn } from './toolInput.ts';
import type { ToolHandler } from './toolParts.ts';
import { type UsageAnswer, usageAnswer } from './usageAnswer.ts';

/** `keyQuota_queryUsage`: what was spent between two dates. */
export const queryUsage: ToolHandler = async (parts, input, signal) => {
  const { monitor, book, clock, agents } = parts;
  const naming = namingOf(parts);
  const name = textIn(input, 'key');
  const asked = name === undefined ? undefined : naming.find(monitor.snapshot, name);
  if (name !== undefined && !asked) throw new Error(unknownKey(name, monitor.snapshot, naming));
  const range = rangeIn(input, clock.now());
  const reports: UsageAnswer[] = [];
  const problems: Problem[] = [];
  for (const key of asked ? [asked] : monitor.snapshot) {
    const record = book.find(key.id);
    if (!record) continue;
    try {
      const report = await askUsage(parts, record, range, { signal });
      reports.push(usageAnswer(report, naming.nameOf(key), agents.names));
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof GatewayError)) throw error;
      problems.push(problemOf(naming.nameOf(key), error));
    }
  }
  const complete = problems.length === 0 && reports.every(isWholeReport);
  const told = reports.filter(({ total }) => total !== undefined).length;
  // First of all, for a model that reads no further.
  return {
    complete,
    keysWithTotal: told,
    keysAsked: reports.length + problems.length,
    from: iso(range.from),
    to: iso(range.to),
    reports,
    problems,
  };
};

interface Problem {
  readonly key: KeyState['label'];
  readonly problem: string;
  readonly reason: string;
}

function problemOf(key: string, { failure }: GatewayError): Problem {
  return { key, problem: failure.class, reason: failure.reason };
}

function rangeIn(input: Readonly<Record<string, unknown>>, now: number): Range {
  const preset = RANGE_PRESETS.find(each => each === input.range);
  const ends = preset ? presetEnds(preset, now) : input;
  const { range, problem } = parseRange(ends.from, ends.to, now);
  if (problem) throw new Error(rangeProblemText(problem));
  return range;
}

function iso(time: number): string {
  return new Date(time).toISOString();
}
