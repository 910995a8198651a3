/** An address that may be opened in a browser: https, without user name and password; undefined for any other text. */
export function parseWebPage(text: unknown): string | undefined {
  if (typeof text !== 'string' || !URL.canParse(text.trim())) return undefined;
  const { protocol, username, password, href } = new URL(text.trim());
  return protocol === 'https:' && username === '' && password === '' ? href : undefined;
}
