import * as l10n from '@vscode/l10n';
import type { OrphanedSecret, OrphanedSecretService } from '../../../services/keys/orphanedSecretService.ts';
import { joinFewNames } from '../../../text/clauses.ts';
import { showWarning } from '../../host/messages.ts';

/** More names would not help anyone to decide. */
const MAX_NAMES = 5;

/**
 * Asks what to do with secrets that no key belongs to. Another profile may use them, since all profiles share
 * SecretStorage, so deleting them needs a second confirmation. A user who does not answer is asked again later.
 */
export async function offerOrphanedSecrets(
  service: Pick<OrphanedSecretService, 'withoutIgnored' | 'adopt' | 'ignore' | 'discard'>,
  found: readonly OrphanedSecret[],
): Promise<void> {
  const orphans = service.withoutIgnored(found);
  if (orphans.length === 0) return;
  const keep = l10n.t('Keep as Keys');
  const remove = l10n.t('Delete…');
  const leave = l10n.t('Leave Alone');
  const choice = await showWarning(
    l10n.t(
      'VS Code’s secret storage contains Key Quota secrets that belong to no key here: {0}. A window may have closed while it saved them, or another profile uses them.',
      namesOf(orphans),
    ),
    keep,
    remove,
    leave,
  );
  if (choice === keep) await service.adopt(orphans);
  if (choice === leave) service.ignore(orphans);
  if (choice === remove && (await isDeletionConfirmed(orphans))) await service.discard(orphans);
}

async function isDeletionConfirmed(orphans: readonly OrphanedSecret[]): Promise<boolean> {
  const remove = l10n.t('Delete');
  const choice = await showWarning(
    l10n.t('Delete the secrets of {0}?', namesOf(orphans)),
    {
      modal: true,
      detail: l10n.t(
        'They are deleted from VS Code’s secret storage, for its other profiles as well. Nothing changes at the gateway.',
      ),
    },
    remove,
  );
  return choice === remove;
}

function namesOf(orphans: readonly OrphanedSecret[]): string {
  return joinFewNames(
    orphans.map(({ entry }) => `“${entry.label}” (${entry.baseUrl})`),
    MAX_NAMES,
  );
}
