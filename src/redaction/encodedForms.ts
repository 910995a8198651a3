/**
 * The forms a secret can take in a text: as it is, encoded for a URL, escaped for JSON, HTML or Markdown, in
 * base64 at whatever offset other bytes put it. Letter case does not matter: texts are compared without it.
 */
export function encodedForms(secret: string): readonly string[] {
  return [
    ...new Set([
      secret,
      // `toWellFormed`, since a login may hold half a surrogate pair, which cannot be encoded.
      encodeURIComponent(secret.toWellFormed()),
      percentEncodeAll(secret),
      escapeJson(secret),
      escapeJson(secret).replaceAll('/', '\\/'),
      escapeJson(secret).replace(/[<>&]/g, character => `\\u00${hexCode(character)}`),
      escapeHtml(secret),
      secret.replace(/[\\`*_{}[\]()#+\-.!|~<>]/g, '\\$&'),
      ...base64Forms(secret),
    ]),
  ];
}

function percentEncodeAll(secret: string): string {
  return [...Buffer.from(secret)].map(byte => `%${byte.toString(16).padStart(2, '0')}`).join('');
}

function hexCode(character: string): string {
  return character.charCodeAt(0).toString(16).padStart(2, '0');
}

function escapeJson(secret: string): string {
  return JSON.stringify(secret).slice(1, -1);
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(secret: string): string {
  return secret.replace(/[&<>"']/g, character => ENTITIES[character] ?? character);
}

/**
 * Base64 encodes three bytes at a time, so a secret among other bytes can be encoded in three ways. The characters at
 * both ends also depend on neighbors and may differ; the parts between them are recognized.
 */
function base64Forms(secret: string): string[] {
  const standard = [0, 1, 2].map(before =>
    Buffer.concat([Buffer.alloc(before), Buffer.from(secret)]).toString('base64'),
  );
  return [...standard, ...standard.map(form => form.replaceAll('+', '-').replaceAll('/', '_'))];
}
