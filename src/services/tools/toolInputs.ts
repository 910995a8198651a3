import { RANGE_PRESETS } from '../../core/usage/rangePresets.ts';

/** The input of each tool; the manifest has the same as JSON schemas. */
export const toolInputs = {
  keyQuota_getQuota: { key: 'text', model: 'text', refresh: 'flag' },
  keyQuota_queryUsage: { key: 'text', range: RANGE_PRESETS, from: 'text', to: 'text' },
} as const;
