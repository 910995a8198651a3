/** The views of the extension, as the manifest contributes them. */
export const VIEW_IDS = ['keyQuota.trouble', 'keyQuota.keys'] as const;

export type ViewId = (typeof VIEW_IDS)[number];
