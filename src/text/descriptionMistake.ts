import * as l10n from '@vscode/l10n';
import type { DescriptionMistake, DescriptionTrouble, FoundType } from '../core/quota/descriptionMistake.ts';

/** What is wrong with a description, and with which member of it, as a sentence: `“remaining”: …`. */
export function mistakeText({
  at,
  mistake = 'no-members',
}: Pick<DescriptionTrouble, 'at' | 'mistake'>): string {
  const sentence = sentenceOf(mistake);
  return at === undefined ? sentence : l10n.t('“{0}”: {1}', at, sentence);
}

function sentenceOf(mistake: DescriptionMistake): string {
  switch (mistake) {
    case 'bad-name':
      return l10n.t('The name must have 1 to 60 visible characters (a window’s: 1 to 20).');
    case 'no-members':
      return l10n.t('This must be an object in curly brackets, with members such as “path”.');
    case 'unknown-member':
      return l10n.t('A description has no such member. Check the spelling.');
    case 'missing':
      return l10n.t('This is missing.');
    case 'not-text':
      return l10n.t('This must be a text in quotes.');
    case 'not-number':
      return l10n.t('This must be a number that the setting allows.');
    case 'not-choice':
      return l10n.t('This is none of the values that the setting offers.');
    case 'not-list':
      return l10n.t('This must be a list in [ ].');
    case 'too-many':
      return l10n.t('There may be 13 windows at most.');
    case 'needless':
      return l10n.t('This does not fit the rest of the description.');
    case 'no-figures':
      return l10n.t('Nothing says where a figure is: give “remaining”, “used” or “windows”.');
    case 'no-limit':
      return l10n.t('What is left is unknown without a limit: say where the limit is.');
    case 'holds-secret':
      return l10n.t('This must not contain the key itself.');
    case 'not-address':
      return l10n.t('This is not an address. Addresses look like https://api.example.com');
    case 'not-path':
      return l10n.t(
        'This must be a path such as /v1/usage: it begins with a slash, and has no spaces, # or backslashes.',
      );
    case 'other-host':
      return l10n.t(
        'This leads to another host. The path must stay on the address that the key is added with.',
      );
    case 'changes-something':
      return l10n.t(
        'A request to this path is known to change something or to cost money, so it is never sent.',
      );
    case 'not-json-path':
      return l10n.t('This is not a JSON path (RFC 9535). It looks like $.data.balance');
    case 'with-function':
      return l10n.t('A JSON path must have no functions and no parentheses here.');
    case 'too-broad':
      return l10n.t(
        'This JSON path looks at too much: at most one “..”, one filter that compares with a value, 16 steps, and one choice in each bracket.',
      );
    case 'too-long':
      return l10n.t('This is too long.');
  }
}

/** What stands where a description looks for a figure. */
export function foundText(found: FoundType | undefined): string {
  switch (found) {
    case 'null':
      return l10n.t('null');
    case 'text':
      return l10n.t('a text');
    case 'list':
      return l10n.t('a list');
    case 'object':
      return l10n.t('an object');
    case 'flag':
      return l10n.t('true or false');
    case 'several':
      return l10n.t('more than one value');
    case 'number':
      return l10n.t('a number that is not an amount');
    default:
      return l10n.t('nothing');
  }
}
