/** Text, made to show as itself in HTML and in a quoted attribute: `<a b="c">` becomes `&lt;a b=&quot;c&quot;&gt;`. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
