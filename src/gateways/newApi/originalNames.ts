import { redactor } from '../../redaction/redactor.ts';
import { sanitizeText } from '../fields.ts';
import type { GatewayContext } from '../gatewayContext.ts';

const NAME_LENGTH = 100;
/** Longer than any gateway lets a name be; what is longer is not kept. */
const MAX_ORIGINAL_LENGTH = 1000;

/**
 * A name as it may be shown, with the one that the gateway knows where that is another. Where the name is a secret
 * between signs that are not seen, there is none.
 */
export function displayNameOf(original: string): { readonly name: string; readonly trueName?: string } {
  const name = sanitizeText(original, NAME_LENGTH);
  if (name === original || original.length > MAX_ORIGINAL_LENGTH || redactor.redact(name) !== name)
    return { name };
  return { name, trueName: original };
}

/**
 * What to ask a gateway for when somebody wants the rows of a name, as it was shown to them. Gateways compare whole
 * names: one that lacks a sign which is not seen finds nothing. undefined: several keys are shown by that name, so
 * that all rows have to be looked at.
 */
export function originalNameFor(
  { lastReading }: Pick<GatewayContext, 'lastReading'>,
  displayName: string | undefined,
): string | undefined {
  if (displayName === undefined || sanitizeText(displayName, NAME_LENGTH) !== displayName) return displayName;
  const keys = (lastReading?.accountKeys ?? []).filter(({ name }) => name === displayName);
  const names = new Set(keys.map(({ name, trueName }) => trueName ?? name));
  return names.size > 1 ? undefined : ([...names][0] ?? displayName);
}
