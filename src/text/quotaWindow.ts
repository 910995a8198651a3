import * as l10n from '@vscode/l10n';
import { type Headroom, shareLeft } from '../core/quota/headroom.ts';
import type { QuotaWindow, WindowScope } from '../core/quota/quotaWindow.ts';
import { type AmountStyle, amountText, figureCountText, headroomText } from './amount.ts';
import { requestsOfText, requestsUsedText } from './countedUnits.ts';
import { areFiguresHidden, HIDDEN } from './hiddenFigures.ts';
import { shareLeftText } from './percent.ts';

/** A window's name in narrow places: `5h`, `month`, `team “Core”`, `team “Core”, month`. */
export function windowName(window: QuotaWindow): string {
  const { name, scope } = window;
  const period = periodName(name);
  if (scope === undefined) return period;
  const whose = scopeName(scope, window.scopeName);
  return name === 'total' ? whose : l10n.t('{0}, {1}', whose, period);
}

function periodName(name: string): string {
  switch (name) {
    case 'day':
      return l10n.t('day');
    case 'week':
      return l10n.t('week');
    case 'month':
      return l10n.t('month');
    case 'total':
      return l10n.t('in all');
    default:
      return name;
  }
}

function scopeName(scope: WindowScope, name: string | undefined): string {
  const word = scopeWord(scope);
  return name === undefined ? word : l10n.t('{0} “{1}”', word, name);
}

function scopeWord(scope: WindowScope): string {
  switch (scope) {
    case 'model':
      return l10n.t('models');
    case 'tools':
      return l10n.t('tools');
    case 'owner':
      return l10n.t('owner');
    case 'team':
      return l10n.t('team');
    case 'organization':
      return l10n.t('organization');
    case 'project':
      return l10n.t('project');
    case 'workspace':
      return l10n.t('workspace');
    case 'guardrail':
      return l10n.t('guardrail');
    case 'subscription':
      return l10n.t('subscription');
    case 'plan':
      return l10n.t('plan');
  }
}

/** The figure to lead with, and which limit binds where that is not the key's own cap: `12% (5h)`. */
export function leadText(headroom: Headroom): string | undefined {
  const { window } = headroom;
  const figure =
    window && headroom.remaining !== undefined ? countOrAmountText(headroom) : headroomText(headroom);
  return figure !== undefined && window ? withName(figure, window) : figure;
}

/** The same with the share that is left: `$2.00 (10%, team “Core”)`. */
export function leadWithShareText(headroom: Headroom): string {
  return withShare(headroom, countOrAmountText(headroom));
}

/** The same with the total: `$2.00 of $20.00 (10%, team “Core”)`. */
export function leadOfTotalText(headroom: Headroom): string {
  return withShare(headroom, countOfTotalText(headroom));
}

/** What is left, of what: `$2.00 of $20.00`, `61 of 200 requests`, `12%`. */
export function countOfTotalText(headroom: Headroom): string {
  const { unit, total } = headroom;
  if (areFiguresHidden()) return HIDDEN;
  const isCounted = unit.code === 'REQUESTS' || unit.code === 'PERCENT' || total === undefined;
  const figure = countOrAmountText(headroom);
  return isCounted ? figure : l10n.t('{0} of {1}', figure, amountText(total, unit));
}

/** What was used of a total: `$12.40 of $20.00 used`, `139 of 200 requests used`, `88% used`. */
export function usedOfTotalText(
  { used, total, remaining, unit }: Headroom,
  style: AmountStyle = 'short',
): string | undefined {
  if (total === undefined || (used === undefined && remaining === undefined)) return undefined;
  const spent = used ?? total - (remaining ?? 0);
  switch (unit.code) {
    case 'PERCENT':
      return l10n.t('{0} used', amountText(spent, unit, style, 'up'));
    case 'REQUESTS':
      return requestsUsedText(figureCountText(spent, style), figureCountText(total, style));
    default:
      return l10n.t('{0} of {1} used', amountText(spent, unit, style, 'up'), amountText(total, unit, style));
  }
}

/** A figure with the name of its window, and nothing for the key's own. */
export function withWindowName(figure: string, { window }: Headroom): string {
  return window ? withName(figure, window) : figure;
}

function withName(figure: string, window: QuotaWindow): string {
  return l10n.t('{0} ({1})', figure, windowName(window));
}

function withShare(headroom: Headroom, figure: string): string {
  const { window, unit } = headroom;
  const share = unit.code === 'PERCENT' ? undefined : shareLeft(headroom);
  const name = window && windowName(window);
  const beside = [share === undefined ? undefined : shareLeftText(share), name].filter(
    text => text !== undefined,
  );
  return beside.length === 0 ? figure : l10n.t('{0} ({1})', figure, joinWords(beside));
}

function joinWords(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : l10n.t('{0}, {1}', words[0] ?? '', words[1] ?? '');
}

/** What is left: requests with their total, since a bare count of them says little. */
export function countOrAmountText({ remaining = 0, total, unit }: Headroom): string {
  return unit.code === 'REQUESTS' && total !== undefined
    ? requestsOfText(figureCountText(remaining, 'short'), figureCountText(total, 'short'))
    : amountText(remaining, unit, 'short', 'down');
}
