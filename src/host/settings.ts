import * as vscode from 'vscode';
import { parseOrigin } from '../http/origin.ts';
import type { Retention } from '../quota/retention.ts';
import type { LowRule } from '../quota/status.ts';
import type { UnitCode, UnitOverride } from '../quota/unit.ts';

export const SECTION = 'keyQuota';

/** What the user said about one gateway. */
export interface GatewaySettings extends UnitOverride {
  readonly pollMinutes?: number;
}

export interface Settings {
  /** How often a key is asked at most, before crowding and back-off. */
  readonly pollMs: number;
  readonly timeoutMs: number;
  readonly low: LowRule;
  readonly retention: Retention;
  /** Price paid per unit of list price, for the budget review; undefined when the user set none. */
  readonly listPriceRatio?: number;
  /** By origin. */
  readonly gateways: ReadonlyMap<string, GatewaySettings>;
}

const MIN_POLL_MINUTES = 1;

/** Reads all settings afresh. Values out of range fall back to their defaults or nearest bound. */
export function readSettings(): Settings {
  const section = vscode.workspace.getConfiguration(SECTION);
  return {
    pollMs: Math.max(MIN_POLL_MINUTES, section.get<number>('pollMinutes', 5)) * 60_000,
    timeoutMs: Math.min(120, Math.max(1, section.get<number>('timeoutSeconds', 15))) * 1000,
    low: {
      percent: section.get<number>('lowPercent', 20),
      amounts: section.get<Partial<Record<UnitCode, number>>>('lowAmounts', {}),
    },
    listPriceRatio: section.get<number | null>('review.listPriceRatio', null) ?? undefined,
    retention: {
      rawDays: Math.max(1, section.get<number>('history.rawDays', 30)),
      hourlyDays: Math.max(1, section.get<number>('history.hourlyDays', 365)),
    },
    gateways: gatewaySettings(section.get<Record<string, GatewaySettings>>('gateways', {})),
  };
}

function gatewaySettings(raw: Readonly<Record<string, GatewaySettings>>): Map<string, GatewaySettings> {
  const byOrigin = new Map<string, GatewaySettings>();
  for (const [address, settings] of Object.entries(raw)) {
    const { origin } = parseOrigin(address);
    if (origin && typeof settings === 'object' && settings !== null) byOrigin.set(origin, settings);
  }
  return byOrigin;
}

/** The origins whose units the user reads otherwise after a change of settings. */
export function rereadOrigins(before: Settings, after: Settings): Set<string> {
  const word = ({ gateways }: Settings, origin: string) => {
    const settings = gateways.get(origin);
    return `${settings?.unit ?? 'auto'} ${settings?.unitsPerDollar ?? ''}`;
  };
  const origins = new Set([...before.gateways.keys(), ...after.gateways.keys()]);
  return new Set([...origins].filter(origin => word(before, origin) !== word(after, origin)));
}

export function onSettingsChange(listener: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration(event => {
    if (event.affectsConfiguration(SECTION)) listener();
  });
}
