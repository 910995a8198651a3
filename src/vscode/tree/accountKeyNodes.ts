import * as l10n from '@vscode/l10n';
import { localTime } from '../../core/quota/ends.ts';
import type { AccountKey, Reading } from '../../core/quota/reading.ts';
import { accountKeyCountText } from '../../text/accountKeyCount.ts';
import { accountKeyFigure, accountKeyStatus } from '../../text/accountKeyText.ts';
import { type AmountRounding, amountText, countText, figureCountText } from '../../text/amount.ts';
import { joinClauses } from '../../text/clauses.ts';
import { requestsText, tokensText } from '../../text/countedUnits.ts';
import { dateAndDistanceText } from '../../text/dateAndDistance.ts';
import { relativeText } from '../../text/time.ts';
import { figureLabel } from './figureLabel.ts';
import { type Fact, factNodes, lineContext, type TreeNode } from './treeNode.ts';

/**
 * The keys of an account, as the account's credential lists them: children of its key, marked as keys without a stored
 * secret.
 */
export function accountKeysFact(keyId: string, reading: Reading, now: number): Fact {
  const { accountKeys, accountKeysMissing } = reading;
  const seen = l10n.t('Read with the account’s credential. Their secrets are not stored here.');
  const end = accountKeysMissing && l10n.t('The gateway’s list could not be read completely.');
  return {
    name: 'accountKeys',
    label: l10n.t('Keys of the account'),
    short: l10n.t('Keys'),
    value: accountKeyCountText(reading) ?? (accountKeysMissing && l10n.t('could not be read')),
    icon: 'organization',
    tooltip: accountKeys === undefined ? undefined : [end, seen].filter(text => text !== undefined).join(' '),
    children: accountKeys?.map((key, index) => accountKeyNode(keyId, index, key, reading, now)),
  };
}

/** Keys of a server are lines of their own. */
export function servedKeysFact(reading: Reading): Fact {
  return {
    name: 'servedKeys',
    label: l10n.t('Keys'),
    value: accountKeyCountText(reading),
    icon: 'organization',
  };
}

function accountKeyNode(
  keyId: string,
  index: number,
  key: AccountKey,
  reading: Reading,
  now: number,
): TreeNode {
  const id = `${keyId}:${index}`;
  const name = key.name || l10n.t('(no name)');
  const [figure, status] = [accountKeyFigure(key, reading.unit), accountKeyStatus(key)];
  const age = key.takenAt && l10n.t('as of {0}', relativeText(key.takenAt, now));
  const join = (texts: readonly (string | undefined)[]) =>
    texts.filter(text => text !== undefined).join(' · ');
  const told = join([figure, status, age]);
  return {
    id: `accountKey:${id}`,
    label: figureLabel(figure, name),
    description: join([status, age]),
    tooltip: l10n.t('Read with the account’s credential. Its secret is not stored here.'),
    icon: status === undefined ? 'key' : 'circle-slash',
    spoken: told ? l10n.t('{0}: {1}', name, told) : name,
    context: key.id === undefined ? lineContext('accountKey') : lineContext('accountKey', 'refreshable'),
    ...(key.id !== undefined && { keyId, accountKeyId: key.id }),
    listedIn: keyId,
    copyText: name,
    isParent: true,
    children: factNodes(`accountKey:${id}`, factsOf(key, reading, now)),
  };
}

function modelsText({ models, modelsMore }: AccountKey): string | undefined {
  const names = models?.length === 0 ? l10n.t('none allowed') : models?.join(', ');
  return names && modelsMore ? l10n.t('{0} and {1} more', names, countText(modelsMore)) : names;
}

/** A count that the gateway did not tell, or that could not be read, is left out: it is not 0. */
function usedLatelyText(requests: number | undefined, tokens: number | undefined): string | undefined {
  const counts = [
    ...(requests === undefined ? [] : [requestsText(figureCountText(requests))]),
    ...(tokens === undefined ? [] : [tokensText(figureCountText(tokens))]),
  ];
  return counts.length === 0 ? undefined : joinClauses(counts);
}

function factsOf(key: AccountKey, reading: Reading, now: number): readonly Fact[] {
  const amount = (value: number | undefined, rounding: AmountRounding) =>
    value === undefined ? undefined : amountText(value, key.unit ?? reading.unit, 'exact', rounding);
  const expiry =
    key.expiresAt === null
      ? l10n.t('never')
      : key.expiresAt && dateAndDistanceText(key.expiresAt, now, localTime(key.expiresAt, reading));
  return [
    {
      name: 'remaining',
      label: l10n.t('Remaining on this key'),
      value: key.unlimited ? l10n.t('unlimited') : amount(key.remaining, 'down'),
      icon: 'credit-card',
    },
    { name: 'used', label: l10n.t('Used'), value: amount(key.used, 'up'), icon: 'graph' },
    { name: 'expiry', label: l10n.t('Expires'), value: expiry, icon: 'calendar' },
    { name: 'models', label: l10n.t('Models'), value: modelsText(key), icon: 'sparkle' },
    { name: 'group', label: l10n.t('Group'), value: key.group, icon: 'organization' },
    ...(key.periods ?? []).map(({ period, requests, tokens }) => ({
      name: `period-${period}`,
      label: l10n.t('Last {0}', period),
      value: usedLatelyText(requests, tokens),
      icon: 'pulse',
    })),
  ];
}
