import { removeAllKeys } from './product.ts';
import { inStore } from './sharedStore.ts';
import type { StageInUse } from './stageInUse.ts';

/** Closes what is open, removes the keys, and gives the next test a request budget of its own. */
export async function clearStage(stage: StageInUse): Promise<void> {
  await stage.pilot.command('workbench.action.closeAllEditors');
  await removeAllKeys(stage);
  inStore(stage, database => database.exec('DELETE FROM requests; DELETE FROM holds'));
}
