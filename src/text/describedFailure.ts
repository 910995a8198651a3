import * as l10n from '@vscode/l10n';
import type { Failure } from '../core/quota/failure.ts';
import { foundText, mistakeText } from './descriptionMistake.ts';

/** Why the user's own description of a gateway brings no figures; undefined for every other failure. */
export function describedFailureText(
  { reason, description = { name: '' } }: Failure,
  label: string,
  baseUrl: string,
): string | undefined {
  const { name, at = '', found } = description;
  switch (reason) {
    case 'description-gone':
      return l10n.t(
        'The description “{0}” is gone, so “{1}” is not checked. Put it back into the setting keyQuota.describedGateways, or remove the key.',
        name,
        label,
      );
    case 'description-wrong':
      return l10n.t(
        'The description “{0}” has a mistake, so “{1}” is not checked. In the setting keyQuota.describedGateways: {2}',
        name,
        label,
        mistakeText(description),
      );
    case 'description-misses':
      return l10n.t(
        '{0} answered for “{1}”, but where the description “{2}” looks for “{3}” there is {4}, so what is left is unknown. Correct it in the setting keyQuota.describedGateways.',
        baseUrl,
        label,
        name,
        at,
        foundText(found),
      );
    case 'description-searches':
      return l10n.t(
        '{0} answered for “{1}”, but the JSON paths of the description “{2}” search its answer too often. Spell out where the figures are, instead of using “..”, “*” and filters, in the setting keyQuota.describedGateways.',
        baseUrl,
        label,
        name,
      );
    case 'consent-missing':
      return l10n.t(
        'The description “{0}” puts the key “{1}” into the address of the request, and you have not allowed that, or {2} does not use https. Add the key again with Add Key to be asked.',
        name,
        label,
        baseUrl,
      );
    default:
      return undefined;
  }
}
