import { sanitizeText } from './sanitizeText.ts';

/** The most model names that are kept for a key. */
const MAX_MODELS = 2000;

/** Model names, and how many more there are than are kept. */
interface ModelNames {
  readonly models: readonly string[];
  readonly modelsMore?: number;
}

/**
 * Normalizes model names from any of the forms in use: `{name: true}` (New API), `"a,b"`, `["a", "b"]`.
 * Sanitized, without duplicates. Undefined for what is no such list.
 */
export function normalizeModelNames(wire: unknown): ModelNames | undefined {
  const sent = namesIn(wire);
  if (!sent) return undefined;
  const names = sanitizeNames(sent);
  if (names.length <= MAX_MODELS) return { models: names };
  return { models: names.slice(0, MAX_MODELS), modelsMore: names.length - MAX_MODELS };
}

function namesIn(wire: unknown): readonly string[] | undefined {
  if (typeof wire === 'string') return wire.split(',');
  if (Array.isArray(wire)) {
    const names = wire.filter(name => typeof name === 'string');
    return names.length === 0 && wire.length > 0 ? undefined : names;
  }
  return typeof wire === 'object' && wire !== null ? Object.keys(wire) : undefined;
}

function sanitizeNames(names: readonly string[]): string[] {
  return [...new Set(names.map(name => sanitizeText(name, 200)).filter(name => name !== ''))];
}
