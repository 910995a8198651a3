import { redactor } from '../../redaction/redactor.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import { sanitizeText } from '../sanitizeText.ts';

const NAME_LENGTH = 100;
/** Longer original names are not kept. */
const MAX_ORIGINAL_LENGTH = 1000;

/**
 * A name for display, sanitized, with the original where that differs. A name that is a secret between
 * invisible characters has no original.
 */
export function displayNameOf(original: string): { readonly name: string; readonly trueName?: string } {
  const name = sanitizeText(original, NAME_LENGTH);
  if (name === original || original.length > MAX_ORIGINAL_LENGTH || redactor.redact(name) !== name)
    return { name };
  return { name, trueName: original };
}

/**
 * The original name for a display name, to filter by: gateways compare whole names, invisible characters
 * included. Undefined where several keys have that display name: then all rows are read and filtered here.
 */
export function originalNameFor(
  { lastReading }: Pick<GatewayContext, 'lastReading'>,
  displayName: string | undefined,
): string | undefined {
  const keys = (lastReading?.accountKeys ?? []).filter(({ name }) => name === displayName);
  const originals = new Set(keys.map(({ trueName }) => trueName));
  return originals.size > 1 ? undefined : ([...originals][0] ?? displayName);
}
