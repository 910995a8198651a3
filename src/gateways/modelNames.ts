import { sanitizeText } from './sanitizeText.ts';
import { isObject, parseJson } from './wireJson.ts';

/** The most model names that are kept for a key. */
const MAX_MODELS = 2000;

/** Model names, and how many more there are than are kept. */
interface ModelNames {
  readonly models: readonly string[];
  readonly modelsMore?: number;
}

/**
 * Normalizes model names from any of the forms in use: `{name: true}` (New API), `"a,b"`, `["a", "b"]`, `[{"id": "a"}]`,
 * and lists and objects as JSON in a text. Sanitized, without duplicates; what cannot be read counts among those not
 * kept. Undefined for what is no such list.
 */
export function normalizeModelNames(wire: unknown): ModelNames | undefined {
  const sent = namesIn(wire);
  if (!sent) return undefined;
  const names = sanitizeNames(sent.filter(name => name !== undefined));
  const more = Math.max(0, names.length - MAX_MODELS) + sent.filter(name => name === undefined).length;
  return { models: names.slice(0, MAX_MODELS), ...(more > 0 && { modelsMore: more }) };
}

function namesIn(wire: unknown): readonly (string | undefined)[] | undefined {
  if (typeof wire === 'string') {
    const json = /^\s*[[{]/.test(wire) ? parseJson(wire) : undefined;
    return json === undefined ? wire.split(',') : namesIn(json);
  }
  if (!Array.isArray(wire)) return isObject(wire) ? Object.keys(wire) : undefined;
  const names = wire.map(nameOf);
  return names.length > 0 && names.every(name => name === undefined) ? undefined : names;
}

function nameOf(wire: unknown): string | undefined {
  const name = isObject(wire) ? (wire.id ?? wire.name) : wire;
  return typeof name === 'string' ? name : undefined;
}

function sanitizeNames(names: readonly string[]): string[] {
  return [...new Set(names.map(name => sanitizeText(name, 200)).filter(name => name !== ''))];
}
