import { SCALES, UNIT_OVERRIDES } from '../../core/quota/unit.ts';
import type { SettingSchema } from './settingSchema.ts';

/** The bounds of an interval between two checks. */
export const MINUTES = { type: 'number', minimum: 1, maximum: 1440 } as const;

/** The members of `keyQuota.gateways`: the settings of one gateway. */
export const gatewayParts = {
  unit: { type: 'string', enum: UNIT_OVERRIDES, default: 'auto' },
  unitsPerDollar: { type: 'number', minimum: SCALES[0], maximum: SCALES[1] },
  pollMinutes: MINUTES,
  share: {
    type: ['string', 'integer'],
    pattern: '^auto$',
    minimum: 1,
    maximum: 1000,
    default: 'auto',
    markdown: true,
  },
  proxy: {
    type: 'string',
    pattern: '^(default|direct|(https?|socks5)://[^/@\\s]+/?)$',
    default: 'default',
    markdown: true,
  },
  caFile: { type: 'string' },
  consoleUrl: { type: 'string', pattern: '^https://', errorOf: 'page' },
  topUpUrl: { type: 'string', pattern: '^https://', errorOf: 'page' },
  allowHttp: { type: 'boolean', default: false },
} as const satisfies Readonly<Record<string, SettingSchema>>;
