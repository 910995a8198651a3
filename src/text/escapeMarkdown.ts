/**
 * Text from outside, made to show as itself in a Markdown file and in one line: no markup, HTML, link or table cell.
 * `a|b <c>` becomes `a\|b &lt;c&gt;`, `https://x.dev` becomes `https&#58;//x.dev`.
 */
export function escapeMarkdown(text: string): string {
  // Many readers make links of bare addresses.
  return escapeSigns(text.replace(/\s+/g, ' ')).replace(/\bwww\./gi, 'www&#46;');
}

/**
 * The same for VS Code's hovers: no icon and no list either, and spaces as they are. `$(zap) 1. x` becomes
 * `&#36;\(zap\) 1\. x`: VS Code looks for icons after Markdown has taken backslashes away, so the dollar is an entity.
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
