import type { KnownRefusal } from '../knownRefusals.ts';

const titled = (
  status: number,
  code: string,
  pattern: RegExp,
  ...failure: KnownRefusal['failure']
): KnownRefusal => ({ status, forms: ['titled'], code, pattern, failure });

/**
 * What is said of a key: to the key itself first, to its id after it. What does not begin as keys do, or is too short for
 * one, may be an id.
 */
export const CLAUDE_RELAY_REFUSALS: readonly KnownRefusal[] = [
  titled(401, 'Invalid API key', /^Invalid API key format$/, 'bad-key', 'wrong-credential'),
  titled(400, 'Invalid API key format', /^API key format is invalid$/, 'bad-key', 'wrong-credential'),
  titled(401, 'Invalid API key', /^API key not found$/, 'bad-key', 'refused-key'),
  titled(401, 'Invalid API key', /^API Key ".*" 已被禁用$/s, 'disabled', 'key-disabled'),
  titled(401, 'Invalid API key', /^API Key ".*" 已过期$/s, 'expired', 'past-expiry'),
  titled(401, 'Invalid API key', /^User account is disabled$/, 'disabled', 'banned'),
  titled(400, 'Invalid API ID format', /^API ID must be a valid UUID$/, 'bad-key', 'refused-key'),
  titled(404, 'API key not found', /^The specified API key does not exist$/, 'bad-key', 'unknown-key'),
  titled(403, 'API key is disabled', /^API Key ".*" 已被禁用$/s, 'disabled', 'key-disabled'),
  titled(403, 'API key has expired', /^API Key ".*" 已过期$/s, 'expired', 'past-expiry'),
];
