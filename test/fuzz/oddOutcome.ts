import { type Failure, GatewayError } from '../../src/core/quota/failure.ts';
import { statusOf } from '../../src/core/quota/status.ts';
import type { Site } from '../../src/gateways/site.ts';
import type { GatewayResponse } from '../../src/http/transport.ts';
import { type GatewayTarget, put } from './gatewayParsers.ts';
import { type Form, OWN_REFUSALS, type WrittenRefusal, wrapped } from './ownRefusals.ts';
import { SIMPLE_FUZZES } from './simple/simpleFuzzes.ts';

/** An answer, and what it may mean because the gateway is known to say it. */
export interface Odd {
  readonly answer: GatewayResponse;
  /** Good answers to the calls before; none when this is the first. */
  readonly before?: readonly GatewayResponse[];
  readonly own?: WrittenRefusal;
}

/** A refusal in a form and with a status that need not be its own; its own words where this kind is known to say it so. */
export function oddRefusal(
  kind: string,
  refusal: WrittenRefusal,
  form: Form,
  status: number,
  headers: Readonly<Record<string, string>> = {},
): Odd {
  const text = wrapped(refusal, form, status);
  const own = OWN_REFUSALS.find(
    each =>
      each.kinds.includes(kind) &&
      each.status === status &&
      each.says === refusal.says &&
      (each.code === undefined || each.code === refusal.code) &&
      each.forms.some(known => known === form),
  );
  return { answer: { status, headers: new Headers(headers), text }, own };
}

/** What came of it: the answer that was made of it, or why there is none. */
type Outcome = { readonly output: unknown } | { readonly failure: Failure };

export async function outcomeOf(asked: GatewayTarget, { answer, before = [] }: Odd): Promise<Outcome> {
  try {
    return { output: await put(asked, [...before, answer], SITE) };
  } catch (error) {
    if (error instanceof GatewayError) return { failure: error.failure };
    throw error;
  }
}

/** New API itself, which has to pass more checks than its relatives. */
const SITE: Site = { lineage: 'newApi' };

const STATED = new Set(['invalid', 'disabled', 'exhausted', 'expired']);

export function problemOf(outcome: Outcome, { own, before = [] }: Odd): string | undefined {
  // What came before may well have held figures.
  if ('output' in outcome) return before.length > 0 ? undefined : readFromNothing(outcome.output);
  const { failure } = outcome;
  const status = statusOf({ failure, now: 0, low: { percent: 20, amounts: {} }, staleAfterMs: 1 });
  if (STATED.has(status) && !own?.means.includes(failure.class) && !before.some(saysOfItself))
    return `${failure.class}: ${failure.reason} from nobody’s own words`;
  return undefined;
}

const OF_ITSELF = [
  /"(?:is_management_key|blocked)":|"status":"expired"/,
  ...SIMPLE_FUZZES.flatMap(({ saysOfItself }) => saysOfItself ?? []),
];

/** Whether a good answer says that the secret is one of another type, or that it is switched off. */
function saysOfItself({ text }: GatewayResponse): boolean {
  return text !== undefined && OF_ITSELF.some(says => says.test(text));
}

/** Whether anything was read where there is nothing to read. */
function readFromNothing(output: unknown): string | undefined {
  if (output === 0) return 'a 0 was read';
  if (typeof output !== 'object' || output === null) return undefined;
  for (const [name, value] of Object.entries(output)) {
    if (name === 'complete' && value === true) return 'it is called complete';
    const found = readFromNothing(value);
    if (found) return `${name}: ${found}`;
  }
  return undefined;
}
