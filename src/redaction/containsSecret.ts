import { detectSecretType } from '../core/input/secretText.ts';
import { redactor } from './redactor.ts';

/** Whether a text holds a secret, also inside an address: some people copy `https://gw.example/?key=sk-…`. */
export function containsSecret(text: string): boolean {
  const runs = text.match(/[\w+/=-]{20,}/g) ?? [];
  return (
    redactor.redact(text) !== text || detectSecretType(text.trim()) !== undefined || runs.some(looksRandom)
  );
}

/** Whether a long run has small and capital letters and digits, unlike any name. */
function looksRandom(run: string): boolean {
  return [/[a-z]/, /[A-Z]/, /\d/].every(kind => kind.test(run));
}
