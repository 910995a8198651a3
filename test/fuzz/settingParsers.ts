import * as fc from 'fast-check';
import type { GatewaySettings } from '../../src/core/ports/settings.ts';
import { displayScale, rawScale } from '../../src/gateways/siteScale.ts';
import { parseToolInput } from '../../src/services/tools/toolInput.ts';
import type { MemberSchemas } from '../../src/vscode/commands/argumentSchema.ts';
import { parseArgument } from '../../src/vscode/commands/parseArgument.ts';
import { rangeFromMembers, rangeMembers } from '../../src/vscode/commands/usage/rangeArgument.ts';
import { muteDurationFromMembers, muteMembers } from '../../src/vscode/commands/warnings/muteArgument.ts';
import type * as AgentSettings from '../../src/vscode/host/agentSettings.ts';
import type * as Settings from '../../src/vscode/host/settings.ts';
import type * as StatusBarSettings from '../../src/vscode/host/statusBarSettings.ts';
import type * as WarningSettings from '../../src/vscode/host/warningSettings.ts';
import { logFilterOf } from '../../src/vscode/panels/logFilter.ts';
import { importWithStub, vscodeStub } from '../unit/support/vscodeStub.ts';
import { NOW } from './states.ts';
import { type Target, target } from './target.ts';
import { texts } from './texts.ts';

/** What is refused is refused with a sentence, which is no crash. */
function orSentence(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    if (error instanceof Error && error.constructor === Error) return error.message;
    throw error;
  }
}

/** The members that a command would be given. */
function membersFor<Schemas extends MemberSchemas>(members: Schemas, argument: unknown) {
  return parseArgument('keyQuota.test', { members }, argument).members;
}

const { readSettings } = await importWithStub<typeof Settings>('vscode/host/settings.ts');
const { readWarningRules } = await importWithStub<typeof WarningSettings>('vscode/host/warningSettings.ts');
const { readStatusBarLook } = await importWithStub<typeof StatusBarSettings>(
  'vscode/host/statusBarSettings.ts',
);
const { readAgentSettings } = await importWithStub<typeof AgentSettings>('vscode/host/agentSettings.ts');

const anything = fc.oneof(
  fc.constantFrom<unknown>(null, '', '5', 0, -1, true, [], {}, 1e308, 0.5),
  fc.double(),
  texts,
  fc.anything(),
);
/** Amounts by unit, lists of thresholds, kinds of warnings. */
const byName = fc.oneof(
  anything,
  fc.dictionary(
    fc.constantFrom('USD', 'CNY', 'TOKENS', 'low', 'expiry', '__proto__'),
    fc.oneof(anything, fc.array(anything, { maxLength: 3 })),
  ),
);
const gateway = fc.record(
  {
    unit: fc.oneof(fc.constantFrom('USD', 'CNY', 'display', 'units', 'auto'), anything),
    unitsPerDollar: anything,
    pollMinutes: anything,
    proxy: anything,
    caFile: anything,
    allowHttp: anything,
  },
  { requiredKeys: [] },
);
const settings = fc.record(
  {
    pollMinutes: anything,
    timeoutSeconds: anything,
    lowPercent: anything,
    lowAmounts: byName,
    'review.listPriceRatio': anything,
    'history.rawDays': anything,
    'history.hourlyDays': anything,
    'history.ledgerDays': anything,
    gateways: fc.oneof(
      anything,
      fc.dictionary(fc.oneof(texts, fc.constantFrom('https://gw.example', 'http://10.0.0.1')), gateway),
    ),
    'warnings.enabled': anything,
    'warnings.kinds': byName,
    'warnings.expiryDays': anything,
    'warnings.percents': fc.oneof(anything, fc.array(anything, { maxLength: 3 })),
    'warnings.amounts': byName,
    'warnings.spendFactor': anything,
    'warnings.quietHours': anything,
    'webhook.names': anything,
    'statusBar.style': anything,
    'statusBar.maxLength': anything,
    'agents.enabled': anything,
    'agents.names': anything,
  },
  { requiredKeys: [] },
);

/** Path of the first number in plain data that can only be an accident. */
function noNumber(data: unknown, path: string): string | undefined {
  if (typeof data === 'number') return Number.isFinite(data) && data >= 0 ? undefined : `${path} is ${data}`;
  if (typeof data !== 'object' || data === null) return undefined;
  const entries = data instanceof Map ? [...data] : Object.entries(data);
  return entries.map(([name, each]) => noNumber(each, `${path}.${name}`)).find(found => found);
}

/** The way to a gateway is kept as it stands, whatever it is: what takes it refuses what it cannot mean. */
function figuresOf({ pollMinutes, unitsPerDollar }: GatewaySettings) {
  return { pollMinutes, unitsPerDollar };
}

/** Everything that reads what a person, a keybinding, another extension or a model filled in. */
export const settingParsers: readonly Target[] = [
  target(
    'settings',
    'parser',
    settings,
    file => {
      vscodeStub.settings = file;
      const read = readSettings();
      return {
        read,
        rules: readWarningRules(read.low),
        look: readStatusBarLook(),
        agents: readAgentSettings(),
      };
    },
    ({ read, rules, look }) =>
      noNumber({ ...read, gateways: [...read.gateways.values()].map(figuresOf), rules, look }, 'settings') ??
      (typeof read.low.percent === 'number' ? undefined : 'no number of per cent'),
  ),
  target(
    'units that the user set',
    'parser',
    fc.dictionary(fc.constant('https://gw.example'), gateway, { minKeys: 1 }),
    gateways => {
      vscodeStub.settings = { gateways };
      const override = readSettings().gateways.get('https://gw.example');
      return [rawScale(undefined, override, 'default'), displayScale(undefined, override)];
    },
    scales =>
      scales.every(({ perUnit }) => Number.isFinite(perUnit) && perUnit > 0)
        ? undefined
        : 'a scale that is none',
  ),
  target(
    'arguments of commands',
    'parser',
    fc.record({ from: anything, to: anything, hours: anything, until: anything }),
    ({ from, to, hours, until }) => {
      for (const parse of [
        () => rangeFromMembers(membersFor(rangeMembers, { from, to }), NOW),
        () => muteDurationFromMembers(membersFor(muteMembers, { hours, until }), NOW),
      ]) {
        try {
          parse();
        } catch (error) {
          // A sentence for the person.
          if (!(error instanceof Error) || error.constructor !== Error) throw error;
        }
      }
    },
  ),
  target(
    'what a model fills in',
    'parser',
    fc.dictionary(fc.constantFrom('key', 'model', '__proto__'), anything),
    input => orSentence(() => parseToolInput(input, { key: 'text', model: 'text', refresh: 'flag' })),
  ),
  target(
    'filters of logs',
    'parser',
    fc.record({
      type: fc.constantFrom<'' | 'consume'>('', 'consume'),
      keyName: texts,
      model: texts,
      group: texts,
      requestId: texts,
      from: texts,
      to: texts,
    }),
    form => logFilterOf(form, NOW),
    ({ filter }) => noNumber(filter, 'filter'),
  ),
];
