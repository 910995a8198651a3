import { normalizePasted } from './normalizePasted.ts';

/** A request's header in a command line, in a file, or alone. */
const HEADER =
  /(?:^|[\s"'`{,(])(?:(?:proxy-)?authorization|(?:x-(?:goog-)?)?api-key)["'`]?\s*[:=]\s*["'`]?\s*(?:(?:bearer|token)(?:\s+|$))?([^"'`\r\n]*)/i;
const BEARER = /^bearer(?:\s+|$)/i;

/**
 * The value of an assignment: at least four characters, so that the `=` at the end of a base64 secret begins
 * none.
 */
const ASSIGNED_VALUE = String.raw`(?=(?:\W*\w){4})(\S.*)$`;
const ASSIGNMENTS: readonly RegExp[] = [
  // Shells, Docker and code.
  String.raw`^(?:export|setx?|env|let|const|var|-e)\s+(?:-\w+\s+)*["'\x60]?\$?(?:env:)?[a-z_]\w*["'\x60]?\s*(?:=|:=|\s)\s*${ASSIGNED_VALUE}`,
  String.raw`^\$env:[a-z_]\w*\s*=\s*${ASSIGNED_VALUE}`,
  // A name that says “key”, “token” or the like. Keys themselves may hold `=`, so other names do not count.
  String.raw`^["'\x60]?-{0,2}[a-z_][\w.]{0,40}?(?:key|token|secret|password|credential)\w{0,12}["'\x60]?\s*(?:=>|:=|[:=])\s*${ASSIGNED_VALUE}`,
  String.raw`^["'\x60]?-{0,2}(?:(?:api|access|secret)[-_])?(?:key|token|secret|password)["'\x60]?\s*(?:=>|:=|[:=])\s*${ASSIGNED_VALUE}`,
].map(pattern => new RegExp(pattern, 'is'));
/** An environment variable, in capitals. */
const ENV_ASSIGNMENT = new RegExp(String.raw`^[A-Z][A-Z0-9]*_[A-Z0-9_]*\s*[:=]\s*${ASSIGNED_VALUE}`, 's');
/** An assignment whose value is empty. */
const EMPTY_ASSIGNMENT =
  /^(?:(?:export|setx?|env)\s+)?[A-Z][A-Z0-9]*_(?:[A-Z0-9]+_)*(?:KEY|TOKEN|SECRET|PASSWORD|CREDENTIAL)\s*=$/;
const COMMENT = /\s+(?:#|\/\/).*$/s;

/** A key that was shortened for display. */
const MASKED = /\*{2,}|^\*|\*$|[…•●∙·⋯○◦■▪✱∗█▒]|\.{3,}|[xX]{8,}/u;
const TRUNCATED = /(?:…|\.{3,})["'`)\s,;]*$/u;
const PLACEHOLDER =
  /^(?:\$\{?\w+\}?|%\w+%|(?:sk[-_])?x{6,}|(?:sk[-_])?(?:enter|insert|put|your)[-_ ]?.*(?:key|token|secret).*)$/i;
/**
 * A name or a place where programs find a key, and no key itself: `process.env.KEY`, `${env:KEY}`, `op://vault/item`,
 * `KEY`.
 */
const ELSEWHERE =
  /^(?:(?:process\.env|import\.meta\.env|os\.environ|os\.getenv|getenv|Deno\.env|System\.getenv)\b.*|\$[{(].*|\w+(?:\+\w+)*:\/\/.*|(?:[A-Z][A-Z0-9]*_)+(?:KEY|TOKEN|SECRET|PASSWORD))$/;
/** Placeholders: where nothing was filled in, or a value was taken out. */
const EMPTY_VALUE =
  /^(?:null|undefined|none|nil|nan|true|false|(?:api[-_ ]?)?(?:key|token)|secret|password|redacted|hidden|change[-_]?me|replace[-_]?me)$/i;

/**
 * The normalized secret of a pasted text. `isMasked`: it is a shortened key or a placeholder, such as
 * `sk-abc***xyz` or `${OPENAI_API_KEY}`.
 */
export function parsePastedSecret(pasted: string): { readonly text: string; readonly isMasked: boolean } {
  const text = normalizePasted(pasted, secretInAssignment);
  const isMasked = [MASKED, PLACEHOLDER, ELSEWHERE, EMPTY_VALUE].some(pattern => pattern.test(text));
  return { text, isMasked: isMasked || TRUNCATED.test(pasted) };
}

function secretInAssignment(text: string): string | undefined {
  if (EMPTY_ASSIGNMENT.test(text)) return '';
  if (BEARER.test(text)) return text.replace(BEARER, '');
  const header = HEADER.exec(text);
  if (header) return header[1] ?? '';
  for (const pattern of [ENV_ASSIGNMENT, ...ASSIGNMENTS]) {
    const value = pattern.exec(text)?.[1];
    if (value !== undefined) return value.replace(COMMENT, '');
  }
  return undefined;
}
