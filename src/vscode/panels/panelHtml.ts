import { escapeHtml } from '../../text/escapeHtml.ts';
import type { PanelName } from './panelNames.ts';
/** The parts of a panel's HTML. */
export interface PanelPage {
  /** The page that the script starts. */
  readonly page: PanelName;
  readonly title: string;
  /** BCP 47. */
  readonly language: string;
  /** The source of VS Code's own resources for the content security policy. */
  readonly cspSource: string;
  readonly nonce: string;
  readonly script: string;
  readonly style: string;
  /** Shown when script or style no longer exist. */
  readonly filesGoneText: string;
}

/**
 * The HTML of a panel: a frame without content. All content comes later by message and is set as text, which the policy
 * enforces. An update or removal of the extension deletes script and style under a running window. For that case the
 * HTML contains a sentence: the style hides it for a moment, the script removes it, and without both it is shown.
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
    // Allows only lit's own templates to become markup.
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
