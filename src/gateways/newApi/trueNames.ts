import { redactor } from '../../redaction/redactor.ts';
import { plainText } from '../fields.ts';
import type { GatewayContext } from '../gatewayContext.ts';

const NAME_LENGTH = 100;
/** Longer than any gateway lets a name be; what is longer is not kept. */
const MOST_KEPT = 1000;

/**
 * A name as it may be shown, with the one that the gateway knows where that is another. Where the name is a secret
 * between signs that are not seen, there is none.
 */
export function shownName(told: string): { readonly name: string; readonly trueName?: string } {
  const name = plainText(told, NAME_LENGTH);
  if (name === told || told.length > MOST_KEPT || redactor.redact(name) !== name) return { name };
  return { name, trueName: told };
}

/**
 * What to ask a gateway for when somebody wants the rows of a name, as it was shown to them. Gateways compare whole
 * names: one that lacks a sign which is not seen finds nothing. undefined: several keys are shown by that name, so
 * that all rows have to be looked at.
 */
export function trueNameFor(
  { before }: Pick<GatewayContext, 'before'>,
  wanted: string | undefined,
): string | undefined {
  if (wanted === undefined || plainText(wanted, NAME_LENGTH) !== wanted) return wanted;
  const keys = (before?.accountKeys ?? []).filter(({ name }) => name === wanted);
  const names = new Set(keys.map(({ name, trueName }) => trueName ?? name));
  return names.size > 1 ? undefined : ([...names][0] ?? wanted);
}
