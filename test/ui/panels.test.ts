import { testLogs } from './panels/logs.ts';
import { testReviewForm } from './panels/reviewForm.ts';
import { testUsage } from './panels/usage.ts';
import { testUsageAccess } from './panels/usageAccess.ts';
import { testUsageGateways } from './panels/usageGateways.ts';
import { testUsageStates } from './panels/usageStates.ts';
import { clearStage } from './support/clearStage.ts';
import { CONTAINER } from './support/product.ts';
import { useStage } from './support/stageInUse.ts';
import { openViewContainer } from './workbench/viewContainer.ts';

/** One VS Code for all of them: its start takes longer than most of what they test. */
describe('the panels', () => {
  const stage = useStage({ fleet: { limits: 'off' } });
  before(() => openViewContainer(stage().page, CONTAINER));
  afterEach(() => clearStage(stage()));

  testUsage(stage);
  testUsageStates(stage);
  testUsageGateways(stage);
  testUsageAccess(stage);
  testLogs(stage);
  testReviewForm(stage);
});
