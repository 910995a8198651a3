import { testChangedGateway } from './gateway/changed.ts';
import { testDescribedGateway } from './gateway/described.ts';
import { testProtectionPage } from './gateway/protectionPage.ts';
import { testWebPages } from './gateway/webPages.ts';
import { CONTAINER } from './support/product.ts';
import { useStage } from './support/stageInUse.ts';
import { openViewContainer } from './workbench/viewContainer.ts';

describe('what users install, with gateways of all sorts', () => {
  const stage = useStage({ packaged: true, fleet: { limits: 'off' } });
  before(() => openViewContainer(stage().page, CONTAINER));

  testWebPages(stage);
  testDescribedGateway(stage);
  testProtectionPage(stage);
  // The last one: what the product knows of a gateway's scale outlives its keys.
  testChangedGateway(stage);
});
