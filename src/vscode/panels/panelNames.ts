/** The panels. */
export const PANEL_NAMES = ['usage', 'logs', 'overview'] as const;

export type PanelName = (typeof PANEL_NAMES)[number];

/** The type under which VS Code knows a panel; `package.json` names the same to be woken for it. */
export function viewTypeOf(name: PanelName): string {
  return `keyQuota.${name}`;
}
