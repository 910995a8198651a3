import * as vscode from 'vscode';
import { type IsPlainHttpAllowed, normalizeOrigin } from '../../core/input/origin.ts';
import { membersOf } from '../../core/membersOf.ts';
import type { GatewaySettings, Settings } from '../../core/ports/settings.ts';
import type { LowRule } from '../../core/quota/low.ts';
import { UNIT_CODES } from '../../core/quota/unit.ts';
import { MINUTE_MS, SECOND_MS } from '../../core/time.ts';
import { mayUsePlainHttp } from '../../http/route.ts';
import { gatewayParts } from './settingEntries.ts';
import { clampToBounds, isNumber, readNumber, readSetting, SECTION } from './settingValues.ts';

/** Reads the settings that services need. */
export function readSettings(): Settings {
  const ratio = readSetting('review.listPriceRatio');
  return {
    pollMs: readNumber('pollMinutes') * MINUTE_MS,
    timeoutMs: readNumber('timeoutSeconds') * SECOND_MS,
    low: { percent: readNumber('lowPercent'), amounts: amountsOf(readSetting('lowAmounts')) },
    listPriceRatio: isNumber(ratio) && ratio > 0 ? ratio : undefined,
    monthBegins: readMonthBegins(),
    retention: {
      rawDays: readNumber('history.rawDays'),
      hourlyDays: readNumber('history.hourlyDays'),
      ledgerDays: readNumber('history.ledgerDays'),
    },
    gateways: gatewaySettings(readSetting('gateways')),
  };
}

/** The day on which a month of spend begins, 1 to 28. */
export function readMonthBegins(): number {
  return Math.floor(readNumber('spending.monthBegins'));
}

function amountsOf(raw: unknown): LowRule['amounts'] {
  const amounts = UNIT_CODES.map(code => [code, membersOf(raw)[code]]);
  return Object.fromEntries(amounts.filter(([, amount]) => isNumber(amount) && amount >= 0));
}

function gatewaySettings(raw: unknown): Map<string, GatewaySettings> {
  const byOrigin = new Map<string, GatewaySettings>();
  for (const [address, value] of Object.entries(membersOf(raw))) {
    if (typeof value !== 'object' || value === null) continue;
    const settings = parseGatewaySettings(value);
    const [, scheme, rest = ''] = ADDRESS.exec(address.trim()) ?? [];
    // The settings of an http address are used even where plain http is refused, so that the refusal can say why.
    const { origin } = normalizeOrigin(
      scheme,
      rest,
      plain => scheme !== undefined || mayUsePlainHttp(plain, settings),
    );
    // One origin may be written in two ways; a proxy that only one of them names must not be bypassed.
    if (origin) byOrigin.set(origin, { ...byOrigin.get(origin), ...settings });
  }
  return byOrigin;
}

/** An address as it is written in a setting; addresses that are pasted elsewhere are parsed by `parseOrigin`. */
const ADDRESS = /^(?:(https?):\/*)?(.*)$/i;

/**
 * A proxy or certificate that is not valid stays in the settings, so that requests fail and never take another route.
 */
function parseGatewaySettings(value: GatewaySettings): GatewaySettings {
  const { unit, unitsPerDollar, pollMinutes, share, ...route } = value;
  return {
    ...route,
    ...(gatewayParts.unit.enum.some(word => word === unit) && { unit }),
    // The nearest bound would be another scale, and make all amounts wrong.
    ...(isNumber(unitsPerDollar) &&
      clampToBounds(gatewayParts.unitsPerDollar, unitsPerDollar) === unitsPerDollar && { unitsPerDollar }),
    ...(isNumber(pollMinutes) && { pollMinutes: clampToBounds(gatewayParts.pollMinutes, pollMinutes) }),
    // `auto`, like anything else that is not a number, means that the share is learnt from refusals.
    ...(isNumber(share) && { share: clampToBounds(gatewayParts.share, share) }),
  };
}

/** Whether the user allowed plain http for an origin. */
export function plainAllowedBy({ gateways }: Settings): IsPlainHttpAllowed {
  return origin => mayUsePlainHttp(origin, gateways.get(origin));
}

/** The origins whose units, or whose route, differ after a change of settings. */
export function originsToRefresh(before: Settings, after: Settings): Set<string> {
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
