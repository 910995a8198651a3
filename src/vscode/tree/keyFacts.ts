import * as l10n from '@vscode/l10n';
import { endOf, endPhaseOf } from '../../core/quota/ends.ts';
import type { KeyState } from '../../core/quota/keyState.ts';
import type { Reading } from '../../core/quota/reading.ts';
import { isServer } from '../../gateways/isServer.ts';
import { gatewayOf } from '../../gateways/registry.ts';
import { countText } from '../../text/amount.ts';
import { clockAheadText } from '../../text/clockAheadText.ts';
import { dateAndDistanceText } from '../../text/dateAndDistance.ts';
import { forecastText } from '../../text/forecastText.ts';
import { isAssumed } from '../../text/keyFigure.ts';
import { ageText, nextCheckText, stateText } from '../../text/keyTexts.ts';
import { rateLimitsText } from '../../text/rateLimits.ts';
import { clockText, dateTimeText } from '../../text/time.ts';
import { STATUS_ICON } from '../views/icons.ts';
import { accountKeysFact, servedKeysFact } from './accountKeyNodes.ts';
import { accountFacts, budgetFacts, limitFacts, quotaFacts, spendFacts, unreadWord } from './amountFacts.ts';
import { modelsFact } from './modelNodes.ts';
import type { Fact } from './treeNode.ts';
import { windowFacts } from './windowFacts.ts';

/** Everything that is known about a key, each as a line. The key's own quota and the account's wallet are separate. */
export function keyFacts(key: KeyState, now: number): readonly Fact[] {
  const { reading, failure, checkedAt } = key;
  return [
    {
      name: 'failure',
      label: failure?.message ?? '',
      value: failure && '',
      icon: 'info',
      tooltip: failure?.message,
    },
    {
      name: 'clock',
      label: clockAheadText(reading) ?? '',
      value: clockAheadText(reading) && '',
      icon: 'watch',
      tooltip: clockAheadText(reading),
    },
    { name: 'status', label: l10n.t('Status'), value: stateText(key), icon: STATUS_ICON[key.status] },
    ...(reading ? readingFacts(key, reading, now) : []),
    ...limitFacts(key),
    {
      name: 'age',
      label: l10n.t('Updated'),
      value: failure && reading && ageText(key, now),
      icon: 'archive',
    },
    {
      name: 'checked',
      label: l10n.t('Last check'),
      value: checkedAt && clockText(checkedAt, now),
      icon: 'history',
    },
    { name: 'next', label: l10n.t('Next check'), value: nextCheckText(key, now), icon: 'clock' },
    readFromFact(key),
    sharedAddressFact(key),
  ];
}

function readFromFact({ readFrom }: KeyState): Fact {
  const text =
    readFrom &&
    (readFrom.isServer
      ? l10n.t('Checked by “{0}”', readFrom.label)
      : l10n.t('Read from “{0}”', readFrom.label));
  return { name: 'readFrom', label: text ?? '', value: text && '', icon: 'account', tooltip: text };
}

function sharedAddressFact({ sharedAddress }: KeyState): Fact {
  return {
    name: 'shared',
    label: l10n.t('Others use your address'),
    value: sharedAddress && l10n.t('checked every {0} min', countText(sharedAddress.everyMinutes)),
    icon: 'organization',
  };
}

function readingFacts(key: KeyState, reading: Reading, now: number): readonly Fact[] {
  return [
    ...quotaFacts(reading),
    ...(reading.windows ? windowFacts(reading, now) : budgetFacts(reading, now)),
    ...(reading.plans ? windowFacts({ ...reading, windows: reading.plans }, now) : []),
    ...accountFacts(reading),
    ...spendFacts(key, reading, now),
    {
      name: 'unit',
      label: l10n.t('Unit'),
      value: isServer(key) ? undefined : unitText(key, reading),
      icon: 'symbol-unit',
    },
    { name: 'source', label: l10n.t('Read by'), value: sourceText(reading), icon: 'plug' },
    {
      name: 'plan',
      label: l10n.t('Plan'),
      value: planWord(reading) ?? unreadWord(reading, 'plan'),
      icon: 'tag',
    },
    { name: 'expiry', label: l10n.t('Expires'), value: expiryText(key, now), icon: 'calendar' },
    {
      name: 'forecast',
      label: l10n.t('Runs out'),
      // A forecast that is over is not shown.
      value:
        key.status === 'expired' ? undefined : forecastText(key.forecast, reading.unit, now) || undefined,
      icon: 'graph-line',
    },
    {
      name: 'rate',
      label: l10n.t('Rate limits'),
      value: reading.rateLimits && rateLimitsText(reading.rateLimits),
      icon: 'dashboard',
    },
    {
      name: 'gateway',
      label: l10n.t('Gateway'),
      value: key.via === undefined ? undefined : reading.gatewayName,
      icon: 'server-environment',
    },
    modelsFact(key.id, reading),
    { name: 'group', label: l10n.t('Group'), value: reading.group, icon: 'organization' },
    gatewayOf(key.kind)?.isServer ? servedKeysFact(reading) : accountKeysFact(key.id, reading, now),
    scopesFact(reading),
  ];
}

/** What the gateway does not let a token read, though another of the account could. */
function scopesFact({ missingScopes }: Reading): Fact {
  return {
    name: 'scopes',
    label: l10n.t('The token lacks'),
    value: missingScopes?.join(', '),
    icon: 'lock',
    tooltip: l10n.t('What a token may read is set when it is created, in the gateway’s personal settings.'),
  };
}

/** Which way the figures came, where there is more than one. */
function sourceText({ source }: Reading): string | undefined {
  if (source === 'billing') return l10n.t('billing endpoint');
  return source === 'account' ? l10n.t('billing endpoint, which reports the account’s figures') : undefined;
}

/** Where the unit comes from, if it is not from the gateway. */
function unitText(key: KeyState, { unit }: Reading): string | undefined {
  if (unit.source === 'setting') return l10n.t('{0}, by your setting', unit.code);
  if (isAssumed(key)) return l10n.t('{0} assumed: the gateway does not say', unit.code);
  return unit.code === 'UNITS' ? l10n.t('the gateway’s own quota units') : undefined;
}

function planWord({ plan }: Reading): string | undefined {
  const words = [plan?.name, plan?.status].filter(word => word !== undefined).join(', ');
  return words === '' ? undefined : words;
}

/** `in 10 days (Dec 1, 2026, 9:00 AM)`, `never`, or undefined when unknown. */
export function expiryText(key: KeyState, now: number): string | undefined {
  const { reading } = key;
  const end = endOf(reading);
  // While the clocks differ, the distance is unknown.
  if (end && endPhaseOf(key, now) === 'doubtful') return dateTimeText(end.expiresAt);
  if (end) return dateAndDistanceText(end.expiresAt, now, end.at);
  return reading?.expiresAt === null ? l10n.t('never') : undefined;
}
