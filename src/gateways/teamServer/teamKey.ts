import * as v from 'valibot';
import type { AccountKey } from '../../core/quota/reading.ts';
import { UNIT_CODES } from '../../core/quota/unit.ts';
import {
  lenient,
  normalizeModelNames,
  normalizeTime,
  sanitizeText,
  wireNumber,
  wireSpent,
} from '../fields.ts';

const quotaSchema = v.object({
  unlimited: v.boolean(),
  used: lenient(wireSpent),
  remaining: lenient(wireNumber),
});
const readingSchema = v.object({
  takenAt: v.string(),
  unit: v.object({ code: v.picklist(UNIT_CODES), symbol: lenient(v.string()) }),
  quota: lenient(quotaSchema),
  expiresAt: v.optional(v.unknown()),
  models: v.optional(v.unknown()),
});
const keySchema = v.object({
  label: v.string(),
  status: lenient(v.string()),
  reading: lenient(readingSchema),
});

/** What the list of a server can say against a key; the others follow from figures, or are about them. */
const TROUBLES = ['disabled', 'expired', 'exhausted', 'invalid'] as const;

/**
 * One key as a server of a team knows it. Of figures that cannot be dated, or whose unit is not known, none is taken.
 * `ourTime` turns a time of the server's into one by the clock of this computer.
 */
export function parseTeamKey(wire: unknown, ourTime: (time: string) => string): readonly AccountKey[] {
  const parsed = v.safeParse(keySchema, wire);
  if (!parsed.success) return [];
  const { label, status, reading } = parsed.output;
  const trouble = TROUBLES.find(each => each === status);
  const key = { name: sanitizeText(label, 200), ...(trouble && { status: trouble }) };
  const takenAt = reading && normalizeTime(reading.takenAt);
  if (!reading || !takenAt) return [key];
  const { unit, quota, models } = reading;
  const expiresAt = normalizeTime(reading.expiresAt ?? undefined);
  const symbol = unit.symbol === undefined ? undefined : sanitizeText(unit.symbol, 8);
  return [
    {
      ...key,
      takenAt: ourTime(takenAt),
      unit: { code: unit.code, ...(symbol && { symbol }), source: 'gateway' },
      ...(quota?.unlimited && { unlimited: true }),
      ...(quota?.used !== undefined && { used: quota.used }),
      ...(quota?.remaining !== undefined && !quota.unlimited && { remaining: quota.remaining }),
      ...(reading.expiresAt === null ? { expiresAt: null } : expiresAt && { expiresAt }),
      ...(models === null ? { models: null } : normalizeModelNames(models)),
    },
  ];
}
