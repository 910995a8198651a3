import { RANGE_PRESETS } from '../../core/usage/rangePresets.ts';

/** What each tool takes; the manifest describes the same to agents. */
export const toolInputs = {
  keyQuota_getQuota: { key: 'text', model: 'text', refresh: 'flag' },
  keyQuota_queryUsage: { key: 'text', range: RANGE_PRESETS, from: 'text', to: 'text' },
} as const;
