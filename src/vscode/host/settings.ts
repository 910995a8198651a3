import * as vscode from 'vscode';
import { originOf, type PlainAllowed } from '../../core/input/origin.ts';
import type { GatewaySettings, Settings } from '../../core/ports/settings.ts';
import type { LowRule } from '../../core/quota/status.ts';
import { SCALES, type UnitCode, type UnitOverride } from '../../core/quota/unit.ts';
import { mayBePlain } from '../../http/route.ts';

export const SECTION = 'keyQuota';

export const UNIT_CODES: readonly UnitCode[] = ['USD', 'CNY', 'TOKENS', 'UNITS', 'CUSTOM'];
const UNIT_WORDS: readonly UnitOverride['unit'][] = ['auto', 'USD', 'CNY', 'display', 'units'];

/**
 * Reads all settings afresh. Values out of range fall back to the nearest bound, values of another type to
 * the default: VS Code hands on whatever a settings file says.
 */
export function readSettings(): Settings {
  const section = vscode.workspace.getConfiguration(SECTION);
  const ratio = section.get<unknown>('review.listPriceRatio', null);
  return {
    pollMs: numberIn('pollMinutes', 5, 1, 1440) * 60_000,
    timeoutMs: numberIn('timeoutSeconds', 15, 1, 120) * 1000,
    low: {
      percent: numberIn('lowPercent', 20, 0, 100),
      amounts: amountsOf(section.get<unknown>('lowAmounts', {})),
    },
    listPriceRatio: isNumber(ratio) && ratio > 0 ? ratio : undefined,
    retention: {
      rawDays: numberIn('history.rawDays', 30, 1, 3650),
      hourlyDays: numberIn('history.hourlyDays', 365, 1, 36_500),
    },
    gateways: gatewaySettings(section.get<unknown>('gateways', {})),
  };
}

/** A number within its bounds; the usual one where the setting holds something else. */
export function numberIn(name: string, usual: number, least: number, most: number): number {
  const value = vscode.workspace.getConfiguration(SECTION).get<unknown>(name);
  return isNumber(value) ? Math.min(most, Math.max(least, value)) : usual;
}

function amountsOf(raw: unknown): LowRule['amounts'] {
  const amounts = UNIT_CODES.map(code => [code, membersOf(raw)[code]]);
  return Object.fromEntries(amounts.filter(([, amount]) => isNumber(amount) && amount >= 0));
}

function gatewaySettings(raw: unknown): Map<string, GatewaySettings> {
  const byOrigin = new Map<string, GatewaySettings>();
  for (const [address, value] of Object.entries(membersOf(raw))) {
    if (typeof value !== 'object' || value === null) continue;
    const settings = oneGateway(value);
    const [, scheme, rest = ''] = ADDRESS.exec(address.trim()) ?? [];
    // What is set for an address is known even where plain http stays refused, or the refusal could not say why.
    const { origin } = originOf(scheme, rest, plain => scheme !== undefined || mayBePlain(plain, settings));
    if (origin) byOrigin.set(origin, settings);
  }
  return byOrigin;
}

/** An address as it is written in a setting; what is pasted anywhere else is read by `parseOrigin`. */
const ADDRESS = /^(?:(https?):\/*)?(.*)$/i;

/** What names a way to the gateway stays even when it cannot be meant: there must be no other way then. */
function oneGateway(value: GatewaySettings): GatewaySettings {
  const { unit, unitsPerDollar, pollMinutes, ...route } = value;
  return {
    ...route,
    ...(UNIT_WORDS.some(word => word === unit) && { unit }),
    ...(isNumber(unitsPerDollar) &&
      unitsPerDollar >= SCALES[0] &&
      unitsPerDollar <= SCALES[1] && { unitsPerDollar }),
    ...(isNumber(pollMinutes) && { pollMinutes: Math.min(1440, Math.max(1, pollMinutes)) }),
  };
}

/** What a setting that should be an object holds by name. */
export function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function isNumber(value: unknown): value is number {
  return Number.isFinite(value);
}

/** Whether the user wants to be warned at all. */
export function areWarningsOn(): boolean {
  const section = vscode.workspace.getConfiguration(SECTION);
  return section.get<boolean>('warnings.enabled', true) !== false;
}

/** Whether the user allowed plain http for an origin. */
export function plainAllowedBy({ gateways }: Settings): PlainAllowed {
  return origin => mayBePlain(origin, gateways.get(origin));
}

/** The origins whose units the user reads otherwise after a change of settings, or that are asked another way. */
export function rereadOrigins(before: Settings, after: Settings): Set<string> {
  const word = ({ gateways }: Settings, origin: string) => {
    const {
      unit = 'auto',
      unitsPerDollar,
      proxy = 'default',
      caFile,
      allowHttp,
    } = gateways.get(origin) ?? {};
    return JSON.stringify([unit, unitsPerDollar, proxy, caFile, allowHttp]);
  };
  const origins = new Set([...before.gateways.keys(), ...after.gateways.keys()]);
  return new Set([...origins].filter(origin => word(before, origin) !== word(after, origin)));
}

export function onSettingsChange(listener: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration(event => {
    if (event.affectsConfiguration(SECTION)) listener();
  });
}
