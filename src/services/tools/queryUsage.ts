import { GatewayError } from '../../core/quota/failure.ts';
import type { KeyState } from '../../core/quota/keyState.ts';
import { isoTime } from '../../core/time.ts';
import { isCompleteReport } from '../../core/usage/headline.ts';
import { parseRange, type Range } from '../../core/usage/range.ts';
import { presetEnds, RANGE_PRESETS } from '../../core/usage/rangePresets.ts';
import { rangeProblemText } from '../../text/range.ts';
import { queryUsage as askUsage } from '../usage/usageQuery.ts';
import { namingFor } from './getQuota.ts';
import { unknownKeyMessage } from './quotaAnswer.ts';
import { parseToolInput } from './toolInput.ts';
import { toolInputs } from './toolInputs.ts';
import type { ToolHandler } from './toolParts.ts';
import { type UsageAnswer, usageAnswer } from './usageAnswer.ts';

/** `keyQuota_queryUsage`: what was spent between two dates. */
export const queryUsage: ToolHandler = async (parts, input, signal) => {
  const { monitor, keyService, clock, agents, withoutAsking } = parts;
  const { key: name, ...asked } = parseToolInput(input, INPUT);
  const range = rangeFromInput(asked, clock.now());
  const naming = namingFor(parts);
  const one = name === undefined ? undefined : naming.findKey(monitor.snapshot, name);
  if (name !== undefined && !one) throw new Error(unknownKeyMessage(name, monitor.snapshot, naming));
  const keysById = keyService.keysById();
  const reports: UsageAnswer[] = [];
  const problems: KeyProblem[] = [];
  for (const key of one ? [one] : monitor.snapshot) {
    const record = keysById.get(key.id);
    if (!record) continue;
    try {
      const report = await askUsage(parts, record, range, { signal, sparing: true, withoutAsking });
      reports.push(usageAnswer(report, naming.nameOf(key), agents.names));
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof GatewayError)) throw error;
      problems.push(keyProblemFrom(naming.nameOf(key), error));
    }
  }
  const complete = problems.length === 0 && reports.every(isCompleteReport);
  const keysWithTotal = reports.filter(({ total }) => total !== undefined).length;
  // At the beginning, for models that do not read to the end.
  return {
    complete,
    keysWithTotal,
    keysAsked: reports.length + problems.length,
    from: isoTime(range.from),
    to: isoTime(range.to),
    reports,
    problems,
  };
};

const INPUT = toolInputs.keyQuota_queryUsage;

type RangeInput = Omit<ReturnType<typeof parseToolInput<typeof INPUT>>, 'key'>;

interface KeyProblem {
  readonly key: KeyState['label'];
  readonly problem: string;
  readonly reason: string;
}

function keyProblemFrom(key: string, { failure }: GatewayError): KeyProblem {
  return { key, problem: failure.class, reason: failure.reason };
}

/** A range by its preset or by its ends. Both at once are refused. */
function rangeFromInput({ range: preset, from, to }: RangeInput, now: number): Range {
  const named = `“range” (one of: ${RANGE_PRESETS.join(', ')})`;
  if (preset !== undefined && (from !== undefined || to !== undefined)) {
    throw new Error(`Give either ${named} or “from” and “to”, not both.`);
  }
  if (preset === undefined && from === undefined && to === undefined) {
    throw new Error(`Give ${named}, or “from” and “to” as dates such as 2026-06-01.`);
  }
  const ends = preset === undefined ? { from, to } : presetEnds(preset, now);
  const { range, problem } = parseRange(ends.from, ends.to, now);
  if (problem) throw new Error(rangeProblemText(problem));
  return range;
}
