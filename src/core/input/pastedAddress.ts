import { unwrapped } from './pasted.ts';

/** An address as it was meant: the text, and the scheme if it was said. */
export interface PastedAddress {
  readonly scheme: 'http' | 'https' | undefined;
  /** Host, port, path and all, without a scheme. */
  readonly rest: string;
}

/** The name of a variable, a member or a column, with what sets it apart from its value. */
const NAMED =
  /^(?:(?:export|setx?|env|let|const|var|-e)\s+|--?)?["'`]?\$?(?:env:)?[A-Za-z_][\w.-]*["'`]?\s*(?:=>?|:=)\s*(\S.*)$/is;
/** A colon also stands in an address, so what follows has to begin like one. */
const NAMED_BY_COLON =
  /^["'`]?(?!https?:\/)[\p{L}_][\p{L}\p{N}_ .-]{0,60}["'`]?\s*:\s*(["'`]?\s*https?:.*|["'`].+)$/isu;
const SETX = /^setx\s+\w+\s+(\S+)$/i;
const CURL = /^\$?\s*curl(?:\.exe)?\s[\s\S]*?(https?:\/\/[^\s"'\\]+)/i;
/** What sets an address apart from any other value. */
const ADDRESS = /[.:]|localhost/i;
const COMMENT = /\s+#.*$/s;
const SCHEME = /^(https?)(?::\/*|\/\/+)/i;

/** Reads an address out of whatever was copied. */
export function pastedAddress(pasted: string): PastedAddress {
  let rest = unwrapped(pasted, namedAddress).replaceAll('\\', '/').replaceAll('。', '.');
  let scheme: string | undefined;
  // Of two schemes the inner one was copied, the outer one stood in the box before.
  for (let found = SCHEME.exec(rest); found; found = SCHEME.exec(rest)) {
    scheme = found[1]?.toLowerCase();
    rest = rest.slice(found[0].length).replace(/^["'`\s]+/, '');
  }
  if (scheme === undefined) rest = rest.replace(/^\/\//, '');
  return { scheme: scheme as PastedAddress['scheme'], rest };
}

function namedAddress(text: string): string | undefined {
  const value = (CURL.exec(text) ?? SETX.exec(text) ?? NAMED.exec(text) ?? NAMED_BY_COLON.exec(text))?.[1];
  return value !== undefined && ADDRESS.test(value) ? value.replace(COMMENT, '') : undefined;
}
