/** Text, made to show as itself in HTML and in a quoted attribute: `<a href="x">` becomes `&lt;a href=&quot;x&quot;&gt;`. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
