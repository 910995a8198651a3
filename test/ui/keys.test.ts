import { testAddKey } from './keys/addKey.ts';
import { testFindKey } from './keys/findKey.ts';
import { testForeignText } from './keys/foreignText.ts';
import { testGlance } from './keys/glance.ts';
import { testLink } from './keys/link.ts';
import { testPause } from './keys/pause.ts';
import { testStyle } from './keys/style.ts';
import { testUnchangedCheck } from './keys/unchangedCheck.ts';
import { clearStage } from './support/clearStage.ts';
import { CONTAINER } from './support/product.ts';
import { useStage } from './support/stageInUse.ts';
import { testNarrowTree } from './tree/narrow.ts';
import { testOrder } from './tree/order.ts';
import { testTestKey } from './tree/testKey.ts';
import { openViewContainer } from './workbench/viewContainer.ts';

/** One VS Code for all of them: its start takes longer than most of what they test. */
describe('keys', () => {
  const stage = useStage({ fleet: { limits: 'off' } });

  testAddKey(stage);
  testGlance(stage);
  testFindKey(stage);
  testLink(stage);
  testPause(stage);
  testUnchangedCheck(stage);
  testStyle(stage);
  testForeignText(stage);

  describe('in the tree', () => {
    before(async () => {
      await clearStage(stage());
      await openViewContainer(stage().page, CONTAINER);
    });
    afterEach(() => clearStage(stage()));

    testOrder(stage);
    testTestKey(stage);
    testNarrowTree(stage);
  });
});
