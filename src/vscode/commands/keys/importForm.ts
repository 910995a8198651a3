import * as l10n from '@vscode/l10n';
import { redactor } from '../../../redaction/redactor.ts';
import { offerKeys } from '../../../services/importing/offerKeys.ts';
import { plainAllowedBy } from '../../host/gatewayRoutes.ts';
import type { CommandParts } from '../commandParts.ts';
import { showNothingToImport } from './importOutcome.ts';
import { askWhatIsMissing } from './importQuestions.ts';
import { askImportSources } from './importSources.ts';
import { addChosen, askTicks } from './importTicks.ts';

/** Asks where to look, shows what was found with a tick box each, and adds what is ticked. */
export async function importByForm(parts: CommandParts): Promise<{ ids: readonly string[] } | undefined> {
  const title = l10n.t('Import Keys');
  const read = await askImportSources(title);
  if (!read) return undefined;
  const { candidates, rejected } = offerKeys(read.sources, {
    redactor,
    environment: process.env,
    isPlainHttpAllowed: plainAllowedBy(parts.settings()),
    keys: [...parts.keyService.keysById().values()],
  });
  if (candidates.length === 0) {
    showNothingToImport(rejected, read.problems);
    return undefined;
  }
  const placeHolder =
    rejected.length === 0
      ? l10n.t('Only selected keys are saved, then checked with their gateways.')
      : l10n.t(
          'Only selected keys are saved. Left out: {0}; the reasons are shown afterwards.',
          rejected.length,
        );
  const ticked = await askTicks(candidates, { title, placeHolder });
  if (!ticked || ticked.length === 0) return undefined;
  const chosen = await askWhatIsMissing(parts, title, ticked);
  if (!chosen) return undefined;
  return addChosen(parts, chosen, { rejected, problems: read.problems });
}
