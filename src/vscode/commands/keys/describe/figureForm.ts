import * as l10n from '@vscode/l10n';
import type { DescribedUnit, Description } from '../../../../gateways/described/description.ts';
import { DESCRIBED_UNITS } from '../../../../gateways/described/descriptionParts.ts';
import { findValue, jsonPathMistake } from '../../../../gateways/described/jsonPath.ts';
import { parseNumber } from '../../../../gateways/fields.ts';
import { redactor } from '../../../../redaction/redactor.ts';
import { REPLACEMENT } from '../../../../redaction/secretPatterns.ts';
import { foundText, mistakeText } from '../../../../text/descriptionMistake.ts';
import { askText, pickOne, type Remark } from '../../../host/forms.ts';
import { shownItem } from '../../../host/shownItem.ts';
import { type AnswerValue, valuesIn } from './answerValues.ts';
import { infoRemark } from './infoRemark.ts';

/** Which value of the answer is which, and what it is counted in. */
export type Figures = Omit<Description, 'address' | 'path' | 'secretIn' | 'windows' | 'callsPerHour'>;

/** Asks which value of an answer is which figure. Undefined when a question was closed. */
export async function askFigures(title: string, answer: unknown): Promise<Figures | undefined> {
  // Without values whose path contains the key itself, since such a path must not be saved.
  const values = valuesIn(answer).filter(({ path }) => !path.includes(REPLACEMENT));
  const ask = (question: string) => askValue(title, question, values, answer);
  const remaining = await ask(l10n.t('Which value is the remaining quota?'));
  if (remaining === undefined) return undefined;
  const used = await ask(l10n.t('Which value is the used quota?'));
  if (used === undefined) return undefined;
  const of = await askOwner(title);
  if (of === undefined) return undefined;
  const total = of === 'account' ? NONE : await ask(l10n.t('Which value is the limit?'));
  if (total === undefined) return undefined;
  const expiresAt = await ask(l10n.t('Which value is the expiry time?'));
  if (expiresAt === undefined) return undefined;
  const unit = await askUnit(title, of);
  if (unit === undefined) return undefined;
  const symbol = unit === 'custom' ? await askSymbol(title) : '';
  if (symbol === undefined) return undefined;
  const divisor = await askDivisor(title, answer, [remaining, used, total]);
  if (divisor === undefined) return undefined;
  return {
    ...(of === 'account' && { of }),
    ...(remaining !== NONE && { remaining }),
    ...(used !== NONE && { used }),
    ...(total !== NONE && { total }),
    ...(expiresAt !== NONE && { expiresAt }),
    ...(unit !== 'USD' && { unit }),
    ...(symbol !== '' && { symbol }),
    ...(divisor !== 1 && { divisor }),
  };
}

/** Stands for a person's choice that no value is that figure. */
const NONE = '';

async function askValue(
  title: string,
  placeHolder: string,
  values: readonly AnswerValue[],
  answer: unknown,
): Promise<string | undefined> {
  const none = shownItem({ label: l10n.t('None of these'), path: NONE, alwaysShow: true });
  const other = shownItem({ label: l10n.t('Enter a JSON path…'), path: undefined, alwaysShow: true });
  const items = values.map(({ path, value }) =>
    shownItem({ label: path, description: String(value).slice(0, 80), path }),
  );
  const options = { title, placeHolder, matchOnDescription: true, ignoreFocusOut: true };
  const picked = await pickOne([...items, none, other], options);
  if (!picked) return undefined;
  return picked.path ?? askJsonPath(title, placeHolder, answer);
}

async function askJsonPath(title: string, prompt: string, answer: unknown): Promise<string | undefined> {
  const text = await askText({
    title,
    prompt,
    placeHolder: '$.data.balance',
    ignoreFocusOut: true,
    validateInput: input => {
      const path = input.trim();
      const mistake = jsonPathMistake(path);
      if (mistake) return mistakeText({ mistake });
      if (redactor.redact(path) !== path) return mistakeText({ mistake: 'holds-secret' });
      return foundRemark(answer, path);
    },
  });
  return text?.trim();
}

/** A remark on what was found at a path that was typed. */
function foundRemark(answer: unknown, path: string): Remark {
  const { type, value } = findValue(answer, path);
  const isValue = type === 'number' || type === 'text' || type === 'flag';
  return infoRemark(l10n.t('There: {0}', isValue ? String(value).slice(0, 80) : foundText(type)));
}

async function askOwner(title: string): Promise<'key' | 'account' | undefined> {
  const items = [
    shownItem({ label: l10n.t('The key’s own'), of: 'key' as const }),
    shownItem({ label: l10n.t('Its account’s'), of: 'account' as const }),
  ];
  const placeHolder = l10n.t('Whose figures are these?');
  return (await pickOne(items, { title, placeHolder, ignoreFocusOut: true }))?.of;
}

async function askUnit(title: string, of: 'key' | 'account'): Promise<DescribedUnit | undefined> {
  const units = DESCRIBED_UNITS.filter(unit => of === 'key' || (unit !== 'requests' && unit !== 'percent'));
  const items = units.map(unit => shownItem({ label: unitName(unit), unit }));
  const placeHolder = l10n.t('What are they counted in?');
  return (await pickOne(items, { title, placeHolder, ignoreFocusOut: true }))?.unit;
}

function unitName(unit: DescribedUnit): string {
  switch (unit) {
    case 'USD':
      return l10n.t('US dollars');
    case 'CNY':
      return l10n.t('Yuan');
    case 'tokens':
      return l10n.t('Tokens');
    case 'requests':
      return l10n.t('Requests');
    case 'percent':
      return l10n.t('Percent');
    case 'custom':
      return l10n.t('Something else');
  }
}

function askSymbol(title: string): Promise<string | undefined> {
  return askText({
    title,
    prompt: l10n.t('What to call the unit, for example EUR or points.'),
    ignoreFocusOut: true,
    validateInput: input =>
      /^[^\p{N}.,'’+\-−\s]{1,8}$/u.test(input.trim())
        ? undefined
        : l10n.t('1 to 8 letters or symbols, without digits.'),
  });
}

async function askDivisor(
  title: string,
  answer: unknown,
  paths: readonly string[],
): Promise<number | undefined> {
  const path = paths.find(each => each !== NONE);
  const raw = path === undefined ? undefined : parseNumber(findValue(answer, path).value);
  const text = await askText({
    title,
    value: '1',
    prompt: l10n.t('How many of the gateway’s numbers make one unit? 1 if they are amounts, 100 for cents.'),
    ignoreFocusOut: true,
    validateInput: input => {
      const divisor = parseDivisor(input);
      if (divisor === undefined) return l10n.t('A number above 0, such as 1, 100 or 500000.');
      return raw === undefined ? undefined : infoRemark(`${raw} → ${raw / divisor}`);
    },
  });
  return text === undefined ? undefined : parseDivisor(text);
}

function parseDivisor(text: string): number | undefined {
  const divisor = /^\d{0,12}\.?\d{1,9}$/.test(text.trim()) ? Number(text) : 0;
  return divisor >= 1e-9 ? divisor : undefined;
}
