/** All tools, in a file of its own so that activation can register them before their code is loaded. */
export const toolNames = ['keyQuota_getQuota', 'keyQuota_queryUsage'] as const;

export type ToolName = (typeof toolNames)[number];
