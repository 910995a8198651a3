/** Escapes text for HTML and for quoted attributes: `<a b="c">` becomes `&lt;a b=&quot;c&quot;&gt;`. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/**
 * Escapes text for HTML within the Markdown of a hover, also within quoted attributes: it makes no tag, link or icon there,
 * and no empty line that would end the HTML. Signs that turn the direction of what follows are left out.
 */
export function escapeHoverHtml(text: string): string {
  return text
    .replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/\s/g, ' ')
    .replace(/[&<>"'`$*[\](){}|\\~!#:@]/g, character => `&#${character.charCodeAt(0)};`);
}
