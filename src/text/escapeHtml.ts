/** Escapes text for HTML and for quoted attributes: `<a b="c">` becomes `&lt;a b=&quot;c&quot;&gt;`. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
