import { normalizePasted } from './normalizePasted.ts';

/** A pasted address, normalized. */
export interface PastedAddress {
  readonly scheme: 'http' | 'https' | undefined;
  /** Host, port and path, without a scheme. */
  readonly rest: string;
}

/** `NAME=value` of shells, code and tables. */
const ASSIGNMENT =
  /^(?:(?:export|setx?|env|let|const|var|-e)\s+|--?)?["'`]?\$?(?:env:)?[A-Za-z_][\w.-]*["'`]?\s*(?:=>?|:=)\s*(\S.*)$/is;
/** `name: value`. An address has colons too, so the value has to begin like one or be quoted. */
const COLON_ASSIGNMENT =
  /^["'`]?(?!https?:\/)[\p{L}_][\p{L}\p{N}_ .-]{0,60}["'`]?\s*:\s*(["'`]?\s*https?:.*|["'`].+)$/isu;
const SETX = /^setx\s+\w+\s+(\S+)$/i;
const CURL = /^\$?\s*curl(?:\.exe)?\s[\s\S]*?(https?:\/\/[^\s"'\\]+)/i;
/** What an address has and other values need not have. */
const LOOKS_LIKE_ADDRESS = /[.:]|localhost/i;
const COMMENT = /\s+#.*$/s;
/** Signs that are written or look like one; in a host name they would make another machine. */
const SLASHES = /[\\\u2044\u2215\u29F8]/g;
const SCHEME = /^(https?)(?::\/*|\/\/+)/i;

/** Finds and normalizes the address in pasted text. */
export function parsePastedAddress(pasted: string): PastedAddress {
  let rest = normalizePasted(pasted, addressInAssignment).replace(SLASHES, '/').replaceAll('。', '.');
  let scheme: string | undefined;
  // A doubled scheme (`https://http://…`): the inner one was pasted behind one that stood there.
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
