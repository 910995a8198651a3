import { normalizePasted } from './normalizePasted.ts';

/** An address as it was meant: the text, and the scheme if it was said. */
export interface PastedAddress {
  readonly scheme: 'http' | 'https' | undefined;
  /** Host, port, path and all, without a scheme. */
  readonly rest: string;
}

/** The name of a variable, a member or a column, with what sets it apart from its value. */
const ASSIGNMENT =
  /^(?:(?:export|setx?|env|let|const|var|-e)\s+|--?)?["'`]?\$?(?:env:)?[A-Za-z_][\w.-]*["'`]?\s*(?:=>?|:=)\s*(\S.*)$/is;
/** A colon also stands in an address, so what follows has to begin like one. */
const COLON_ASSIGNMENT =
  /^["'`]?(?!https?:\/)[\p{L}_][\p{L}\p{N}_ .-]{0,60}["'`]?\s*:\s*(["'`]?\s*https?:.*|["'`].+)$/isu;
const SETX = /^setx\s+\w+\s+(\S+)$/i;
const CURL = /^\$?\s*curl(?:\.exe)?\s[\s\S]*?(https?:\/\/[^\s"'\\]+)/i;
/** What sets an address apart from any other value. */
const LOOKS_LIKE_ADDRESS = /[.:]|localhost/i;
const COMMENT = /\s+#.*$/s;
/** Signs that are written or look like one; in a host name they would make another machine. */
const SLASHES = /[\\\u2044\u2215\u29F8]/g;
const SCHEME = /^(https?)(?::\/*|\/\/+)/i;

/** Reads an address out of whatever was copied. */
export function parsePastedAddress(pasted: string): PastedAddress {
  let rest = normalizePasted(pasted, addressInAssignment).replace(SLASHES, '/').replaceAll('。', '.');
  let scheme: string | undefined;
  // Of two schemes the inner one was copied, the outer one stood in the box before.
  for (let match = SCHEME.exec(rest); match; match = SCHEME.exec(rest)) {
    scheme = match[1]?.toLowerCase();
    rest = rest.slice(match[0].length).replace(/^["'`\s]+/, '');
  }
  if (scheme === undefined) rest = rest.replace(/^\/\//, '');
  return { scheme: scheme as PastedAddress['scheme'], rest };
}

function addressInAssignment(text: string): string | undefined {
  const value = (CURL.exec(text) ??
    SETX.exec(text) ??
    ASSIGNMENT.exec(text) ??
    COLON_ASSIGNMENT.exec(text))?.[1];
  return value !== undefined && LOOKS_LIKE_ADDRESS.test(value) ? value.replace(COMMENT, '') : undefined;
}
