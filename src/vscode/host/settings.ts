import * as vscode from 'vscode';
import { type BaseUrl, originOf } from '../../core/input/baseUrl.ts';
import { normalizeOrigin } from '../../core/input/origin.ts';
import { mountPathIn } from '../../core/input/parseBaseUrl.ts';
import { membersOf } from '../../core/membersOf.ts';
import type { GatewaySettings, Settings } from '../../core/ports/settings.ts';
import type { LowRule } from '../../core/quota/low.ts';
import { UNIT_CODES } from '../../core/quota/unit.ts';
import { MINUTE_MS, SECOND_MS } from '../../core/time.ts';
import { gatewayOfHost } from '../../gateways/gatewayAddress.ts';
import { mayUsePlainHttp } from '../../http/plainHttp.ts';
import { gatewayParts } from './gatewayParts.ts';
import { clampToBounds, isNumber, readFlag, readNumber, readSetting, SECTION } from './settingValues.ts';

/** Reads the settings that services need. */
export function readSettings(): Settings {
  const ratio = readSetting('review.listPriceRatio');
  return {
    pollMs: Math.round(readNumber('pollMinutes') * MINUTE_MS),
    timeoutMs: Math.round(readNumber('timeoutSeconds') * SECOND_MS),
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

/** Whether figures are hidden in all views. */
export function readFiguresHidden(): boolean {
  return readFlag('hideFigures');
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
  const byBaseUrl = new Map<BaseUrl, GatewaySettings>();
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
    if (!origin) continue;
    const baseUrl = gatewayOfHost(origin) ? origin : origin + (mountPathIn(rest) ?? '');
    // One address may be written in two ways; a proxy that only one of them names must not be bypassed.
    byBaseUrl.set(baseUrl, { ...byBaseUrl.get(baseUrl), ...settings });
  }
  return withRoutesByOrigin(byBaseUrl);
}

/**
 * Requests take the route of their origin: a route that is set for a path holds for the origin, unless the origin has
 * its own.
 */
function withRoutesByOrigin(byBaseUrl: Map<BaseUrl, GatewaySettings>): Map<BaseUrl, GatewaySettings> {
  for (const [baseUrl, { proxy, caFile, allowHttp, ...others }] of [...byBaseUrl]) {
    const origin = originOf(baseUrl);
    if (baseUrl === origin) continue;
    byBaseUrl.set(baseUrl, others);
    const route = Object.entries({ proxy, caFile, allowHttp }).filter(([, value]) => value !== undefined);
    byBaseUrl.set(origin, { ...Object.fromEntries(route), ...byBaseUrl.get(origin) });
  }
  return byBaseUrl;
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
    // A value out of bounds is dropped: the nearest bound would be another scale and make all amounts wrong.
    ...(isNumber(unitsPerDollar) &&
      clampToBounds(gatewayParts.unitsPerDollar, unitsPerDollar) === unitsPerDollar && { unitsPerDollar }),
    ...(isNumber(pollMinutes) && { pollMinutes: clampToBounds(gatewayParts.pollMinutes, pollMinutes) }),
    // `auto`, like anything else that is not a number, means that the share is learnt from refusals.
    ...(isNumber(share) && { share: clampToBounds(gatewayParts.share, share) }),
  };
}

/** Calls back when a setting of the extension has changed. */
export function onSettingsChange(listener: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration(event => {
    if (event.affectsConfiguration(SECTION)) listener();
  });
}
