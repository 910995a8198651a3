import { escapeHtml } from '../../text/escapeHtml.ts';
/** What the page of a panel needs to be built. */
export interface PanelPage {
  /** Which page it is: the script looks for this. */
  readonly page: 'usage' | 'logs';
  readonly title: string;
  /** BCP 47. */
  readonly language: string;
  /** What VS Code calls its own resources in a policy. */
  readonly cspSource: string;
  readonly nonce: string;
  readonly script: string;
  readonly style: string;
  /** What is said where script or style are no longer there. */
  readonly filesGoneText: string;
}

/**
 * The HTML of a panel: a frame without content. Everything in it comes later by message and is set as text;
 * the policy keeps it from being read as anything else. An update or a removal of the extension takes script and style
 * away under a window: the style hides the sentence about it for a while, the script removes it, and without either it
 * is there to be read.
 */
export function panelHtml({
  page,
  title,
  language,
  cspSource,
  nonce,
  script,
  style,
  filesGoneText: gone,
}: PanelPage): string {
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src ${cspSource}`,
    `font-src ${cspSource}`,
    `img-src ${cspSource}`,
    `base-uri 'none'`,
    `form-action 'none'`,
    // Only the widgets' own templates may become markup.
    `require-trusted-types-for 'script'`,
    `trusted-types lit-html`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${escapeHtml(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${escapeHtml(style)}">
<title>${escapeHtml(title)}</title>
</head>
<body>
<div id="page" data-page="${page}"></div>
<p class="gone" role="alert">${escapeHtml(gone)}</p>
<script nonce="${escapeHtml(nonce)}" src="${escapeHtml(script)}"></script>
</body>
</html>`;
}
