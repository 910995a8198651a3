import { type Delivery, json, type Reply } from '../wire/reply.ts';
import type { ScenarioTable } from './scenario.ts';

/** An ordinary answer, as text, for the faults that damage one. */
export const ORDINARY_BODY =
  '{"code":true,"data":{"expires_at":0,"model_limits":{},"model_limits_enabled":false,"name":"production",' +
  '"object":"token_usage","total_available":100000,"total_granted":150000,"total_used":50000,' +
  '"unlimited_quota":false},"message":"ok"}';

const HALF = Math.floor(ORDINARY_BODY.length / 2);
const MIB = 1024 * 1024;

/** An ordinary answer that does not arrive in the ordinary way. */
export function ordinary(delivery?: Delivery): Reply {
  return {
    status: 200,
    headers: { 'Content-Type': 'application/json; charset=utf-8' },
    body: ORDINARY_BODY,
    ...(delivery && { delivery }),
  };
}

/** Connections that break, stall, or go on for ever, and bodies that are not what they should be. */
export const faults: ScenarioTable = {
  reset: { reply: ordinary({ how: 'reset' }) },
  'reset-after-head': { reply: ordinary({ how: 'resetAfter', bytes: 0 }) },
  'reset-in-body': { reply: ordinary({ how: 'resetAfter', bytes: HALF }) },
  'closed-in-body': { reply: ordinary({ how: 'cut', bytes: HALF }) },
  'slow-headers': { reply: ordinary({ how: 'holdHeaders' }) },
  'slow-body': { reply: ordinary({ how: 'holdBody', bytes: HALF }) },
  drip: { reply: ordinary({ how: 'drip', bytes: 1, everyMs: 2 }) },
  'drip-slow': { reply: ordinary({ how: 'drip', bytes: 1, everyMs: 60_000 }) },
  'never-ends': {
    reply: { ...ordinary({ how: 'endless' }), body: Buffer.alloc(64 * 1024, '{"code":true,') },
  },
  'huge-body': {
    reply: {
      ...ordinary(),
      body: `{"code":true,"data":{"padding":"${'x'.repeat(8 * MIB)}"},"message":"ok"}`,
    },
  },
  'truncated-json': { reply: { ...ordinary(), body: ORDINARY_BODY.slice(0, HALF) } },
  'deep-json': { reply: { ...ordinary(), body: '['.repeat(100_000) } },
  'json-null': { reply: json(200, null) },
  'json-array': { reply: json(200, []) },
  'json-string': { reply: json(200, 'ok') },
  'json-number': { reply: json(200, 7) },
  'two-documents': { reply: { ...ordinary(), body: `${ORDINARY_BODY}\n${ORDINARY_BODY}` } },
  'plain-text': { reply: { status: 200, headers: { 'Content-Type': 'text/plain' }, body: 'ok' } },
  'json-as-text': { reply: { ...ordinary(), headers: { 'Content-Type': 'text/plain' } } },
  'no-content-type': { reply: { ...ordinary(), headers: {} } },
};
