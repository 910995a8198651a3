import * as vscode from 'vscode';
import { type PlainAllowed, parseOrigin } from '../http/origin.ts';
import { mayBePlain, type Route } from '../http/route.ts';
import type { Retention } from '../quota/retention.ts';
import type { LowRule } from '../quota/status.ts';
import type { UnitCode, UnitOverride } from '../quota/unit.ts';

export const SECTION = 'keyQuota';

/** What the user said about one gateway. */
export interface GatewaySettings extends UnitOverride, Route {
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
    if (typeof settings !== 'object' || settings === null) continue;
    const { origin } = parseOrigin(address, plain => mayBePlain(plain, settings));
    if (origin) byOrigin.set(origin, settings);
  }
  return byOrigin;
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
