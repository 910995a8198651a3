import { testAddKey } from './keys/addKey.ts';
import { testFindKey } from './keys/findKey.ts';
import { testForeignText } from './keys/foreignText.ts';
import { testGlance } from './keys/glance.ts';
import { testLink } from './keys/link.ts';
import { testPause } from './keys/pause.ts';
import { testStillness } from './keys/stillness.ts';
import { testStyle } from './keys/style.ts';
import { useStage } from './support/stageInUse.ts';

/** One VS Code for all of them: its start takes longer than most of what they test. */
describe('keys', () => {
  const stage = useStage({ fleet: { limits: 'off' } });

  testAddKey(stage);
  testGlance(stage);
  testFindKey(stage);
  testLink(stage);
  testPause(stage);
  testStillness(stage);
  testStyle(stage);
  testForeignText(stage);
});
