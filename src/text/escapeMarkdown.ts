/**
 * Escapes text from outside for one line of a Markdown file, so that it makes no markup, HTML, link or table cell. `a|b
 * <c>` becomes `a\|b &lt;c&gt;`, `https://x.dev` becomes `https&#58;//x.dev`.
 */
export function escapeMarkdown(text: string): string {
  return (
    escapeSigns(text.replace(/\s+/g, ' '))
      // Many Markdown readers turn bare addresses into links.
      .replace(/\bwww\./gi, 'www&#46;')
      // At its beginning these would make a list.
      .replace(/^ ?(?:[-+]|\d+\.)(?= |$)/, marker => marker.replace(/[-+.]/, '\\$&'))
  );
}

/**
 * Escapes text for VS Code's hovers: it makes no icon and no list either, and keeps its spaces. `$(zap) 1. x` becomes
 * `&#36;\(zap\) 1\. x`: VS Code looks for icons after Markdown has removed the backslashes, so the dollar is an entity.
 */
export function escapeHoverMarkdown(text: string): string {
  return escapeSigns(text.replace(/[\r\n]+/g, ' '))
    .replace(/[+\-.]/g, '\\$&')
    .replace(/\$/g, '&#36;');
}

function escapeSigns(text: string): string {
  return text
    .replace(/[\\`*_{}[\]()#|~!]/g, '\\$&')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/:\/\//g, '&#58;//')
    .replace(/@/g, '&#64;');
}
