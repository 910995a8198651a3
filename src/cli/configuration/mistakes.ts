import type { BaseIssue } from 'valibot';
import { sanitizeText } from '../../gateways/sanitizeText.ts';
import { nearMember } from './nearMember.ts';

const MAX_NAME_LENGTH = 200;

/** A member as people find it in the file: `keys[0].baseUrl`. Names that look like a secret are hidden when it is printed. */
function memberPath(names: readonly unknown[]): string {
  return names
    .map(name => {
      if (typeof name === 'number') return `[${name}]`;
      // Sanitized, since somebody else may have written the file: no name may move the cursor of a terminal.
      const text = sanitizeText(String(name), MAX_NAME_LENGTH);
      return /^[\w$]+$/.test(text) ? `.${text}` : `["${text}"]`;
    })
    .join('')
    .replace(/^\./, '');
}

/** What is wrong with a member, as a sentence. */
export function mistake(names: readonly unknown[], sentence: string): string {
  return names.length === 0 ? sentence : `“${memberPath(names)}”: ${sentence}`;
}

const SECRET_MEMBER = /secret|token|password|key|salt|login|auth/i;

/** What the schema found, as a sentence. */
export function mistakeOf(issue: BaseIssue<unknown>): string {
  const names = issue.path?.map(({ key }) => key) ?? [];
  const last = names.at(-1);
  if (issue.type !== 'strict_object' || last === undefined) return mistake(names, issue.message);
  if (issue.expected === 'Object') return mistake(names, issue.message);
  if (issue.expected !== 'never') return mistake(names, 'This is missing.');
  const meant = nearMember(names);
  if (meant !== undefined) return mistake(names, `There is no such member. Is “${meant}” meant?`);
  return mistake(
    names,
    SECRET_MEMBER.test(String(last))
      ? 'There is no such member. Secrets do not belong into this file: it names a file (secretFile, tokenFile, saltFile) or a variable of the environment (secretEnv, tokenEnv, saltEnv).'
      : 'There is no such member. Look for a slip of the pen.',
  );
}
