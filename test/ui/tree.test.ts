import { clearStage } from './support/clearStage.ts';
import { CONTAINER } from './support/product.ts';
import { useStage } from './support/stageInUse.ts';
import { testNarrowTree } from './tree/narrow.ts';
import { testOrder } from './tree/order.ts';
import { testTestKey } from './tree/testKey.ts';
import { openViewContainer } from './workbench/viewContainer.ts';

describe('the tree of keys', () => {
  const stage = useStage({ fleet: { limits: 'off' } });
  before(() => openViewContainer(stage().page, CONTAINER));
  afterEach(() => clearStage(stage()));

  testNarrowTree(stage);
  testOrder(stage);
  testTestKey(stage);
});
