import { detectSecretType } from '../../core/input/secretText.ts';
import { redactor } from '../../redaction/redactor.ts';
import { mistake } from './mistakes.ts';

/** Names every member that holds what looks like a secret, without repeating it. */
export function secretsInside(value: unknown, names: readonly unknown[] = []): readonly string[] {
  if (typeof value === 'string') {
    if (!looksLikeSecret(value, String(names.at(-1)))) return [];
    return [
      mistake(
        names,
        'This looks like a secret. Put it into a file that only the server may read, name that file here, and make a new secret if this file was ever shared.',
      ),
    ];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) =>
    secretsInside(member, [...names, Array.isArray(value) ? Number(name) : name]),
  );
}

/**
 * File names may be long and mixed; elsewhere a long run of mixed characters, or of hexadecimal digits, is a secret
 * rather than a word.
 */
function looksLikeSecret(text: string, member: string): boolean {
  if (redactor.redact(text) !== text) return true;
  if (member.endsWith('File') || member.endsWith('Env') || member === '$schema' || member === 'data')
    return false;
  const runs = text.match(/[A-Za-z0-9]{16,}/g) ?? [];
  return detectSecretType(text.trim()) !== undefined || runs.some(isRandom);
}

function isRandom(run: string): boolean {
  return /^[0-9a-f]{32,}$/i.test(run) || [/[a-z]/, /[A-Z]/, /\d/].every(kind => kind.test(run));
}
