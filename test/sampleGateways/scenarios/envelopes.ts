import { json } from '../wire/reply.ts';
import type { ScenarioTable } from './scenario.ts';

/** Keys whose data comes wrapped in the ways forks of the software wrap it. */
export const envelopes: ScenarioTable = {
  'code-0': {
    envelope: { code: 0, message: 'ok' },
    data: { total_available: -1, total_granted: 1, total_used: 2, unlimited_quota: true },
  },
  'code-0-limited': { envelope: { code: 0, message: 'ok' } },
  'code-0-string': { envelope: { code: '0', message: 'ok' } },
  'code-200': { envelope: { code: 200, message: 'ok' } },
  'code-20000': { envelope: { code: 20_000, message: 'OK' } },
  'code-1': { envelope: { code: 1, message: 'quota service unavailable' } },
  'code-false': { envelope: { code: false, message: 'token not found' } },
  'code-word': { envelope: { code: 'AUTH_UNAUTHORIZED', message: 'Unauthorized' } },
  'success-envelope': { envelope: { success: true, message: 'ok' } },
  'success-envelope-display-units': {
    envelope: { success: true, message: 'ok' },
    without: ['object', 'name', 'model_limits', 'model_limits_enabled'],
    data: { total_granted: 2, total_used: 0.5, total_available: 1.5 },
  },
  'no-envelope-marker': { envelope: {} },
  'error-beside-data': { envelope: { code: true, message: 'ok', error: { message: 'upstream failed' } } },
  'error-word-beside-data': { envelope: { code: true, message: 'ok', error: 'upstream failed' } },
  'root-without-data': {
    reply: json(200, {
      success: true,
      total_granted: 150_000,
      total_used: 50_000,
      total_available: 100_000,
      unlimited_quota: false,
      expires_at: 0,
    }),
  },
  'data-null': { reply: json(200, { code: true, data: null, message: 'ok' }) },
  'data-array': { reply: json(200, { code: true, data: [], message: 'ok' }) },
  'data-empty': { reply: json(200, { code: true, data: {}, message: 'ok' }) },
  'prototype-keys': {
    reply: {
      status: 200,
      headers: { 'Content-Type': 'application/json; charset=utf-8' },
      body: '{"__proto__":{"success":true,"total_available":9},"constructor":{"prototype":{}},"code":true,"message":"ok"}',
    },
  },
};
