import { removeAllKeys } from './product.ts';
import { inStore } from './sharedStore.ts';
import type { StageInUse } from './stageInUse.ts';

/**
 * Closes what is open, notifications too, removes the keys, and gives the next test a request budget of its own. A picture of a
 * test that failed is taken first, while the windows still show why.
 */
export async function clearStage(stage: StageInUse): Promise<void> {
  await stage.saveIfFailed();
  await stage.pilot.command('workbench.action.closeAllEditors');
  // One that is still there would be taken for that of the next test.
  await stage.pilot.command('notifications.clearAll');
  await removeAllKeys(stage);
  inStore(stage, database => database.exec('DELETE FROM requests; DELETE FROM holds'));
}
