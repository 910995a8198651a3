import type { ScenarioTable } from './scenario.ts';

const enabled = { modelLimitsEnabled: true };

/** Keys that may call some models only, in every form the limits take. */
export const modelLimits: ScenarioTable = {
  'model-limits': { holds: { ...enabled, modelLimits: 'gpt-4.1,claude-sonnet-4-5,gemini-2.5-pro' } },
  'model-limits-empty': { holds: { ...enabled, modelLimits: '' } },
  'model-limits-empty-name': { holds: { ...enabled, modelLimits: 'gpt-4.1,' } },
  'model-limits-only-empty-name': { data: { model_limits: { '': true }, model_limits_enabled: true } },
  'model-limits-space': { holds: { ...enabled, modelLimits: 'a, b' } },
  'model-limits-disabled': { holds: { modelLimits: 'gpt-4.1', modelLimitsEnabled: false } },
  'model-limits-string': { data: { model_limits: 'gpt-4.1, o3,,', model_limits_enabled: true } },
  'model-limits-array': { data: { model_limits: ['gpt-4.1', 'o3'], model_limits_enabled: true } },
  'model-limits-mixed-array': { data: { model_limits: ['gpt-4.1', 7, null], model_limits_enabled: true } },
  'model-limits-null': { data: { model_limits: null, model_limits_enabled: true } },
  'model-limits-absent': { without: ['model_limits', 'model_limits_enabled'] },
  'model-limits-number': { data: { model_limits: 3, model_limits_enabled: true } },
  'model-limits-prototype': {
    holds: { ...enabled, modelLimits: '__proto__,constructor,toString,gpt-4.1' },
  },
  'model-limits-markup': { holds: { ...enabled, modelLimits: '<b>x</b>,[m](command:x)' } },
  'model-limits-500': {
    holds: { ...enabled, modelLimits: Array.from({ length: 500 }, (_, i) => `model-${i}`).join(',') },
  },
};
