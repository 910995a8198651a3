import * as v from 'valibot';
import { failed } from '../../core/quota/failure.ts';
import type { SendRequest } from '../../http/boundClient.ts';
import type { GatewayResponse } from '../../http/transport.ts';
import { parseJsonBody, unwrapPayload } from '../envelope.ts';
import { lenient } from '../fields.ts';
import { sanitizeText } from '../sanitizeText.ts';
import type { Site } from '../site.ts';

const text = lenient(v.string());
const settingsSchema = v.object({
  site_name: v.string(),
  registration_enabled: v.boolean(),
  api_base_url: v.string(),
  version: text,
  server_timezone: text,
  server_utc_offset: text,
});

/** See `Gateway.readSite`: `GET /api/v1/settings/public`, which needs no key. */
export async function readSite(ask: SendRequest): Promise<Site> {
  const answer = await ask({ path: '/api/v1/settings/public', secretIn: 'none', limiter: 'general' });
  const settings = settingsOf(answer);
  if (!settings) throw failed('unexpected', 'missing-figures');
  const { site_name: name, version, server_timezone: zone, server_utc_offset: offset } = settings;
  return {
    name: sanitizeText(name, 60) || undefined,
    version: version && sanitizeText(version, 40),
    timeZone: [zone, offset].find(isZone),
  };
}

/** Whether it is Sub2API that tells its settings so. */
export function isPublicSettings(answer: GatewayResponse): boolean {
  try {
    return settingsOf(answer) !== undefined;
  } catch {
    return false;
  }
}

function settingsOf(answer: GatewayResponse): v.InferOutput<typeof settingsSchema> | undefined {
  const parsed = v.safeParse(settingsSchema, unwrapPayload(parseJsonBody(answer), answer.status));
  return parsed.success ? parsed.output : undefined;
}

function isZone(zone: string | undefined): zone is string {
  if (!zone) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }) !== undefined;
  } catch {
    return false;
  }
}
