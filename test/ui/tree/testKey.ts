import assert from 'node:assert/strict';
import { picture } from '../support/pictures.ts';
import { addKeys, sampleKey, VIEW } from '../support/product.ts';
import type { StageInUse } from '../support/stageInUse.ts';
import { chooseFromMenu, openContextMenu } from '../workbench/contextMenu.ts';
import { answerDialog, readDialog } from '../workbench/dialog.ts';
import { notification } from '../workbench/notifications.ts';
import { choose, typeInto } from '../workbench/quickInput.ts';
import { treeRow } from '../workbench/tree.ts';

const KEY = 'Cline – work';
const QUESTION = 'Send a test call with';

export function testTestKey(stage: () => StageInUse): void {
  describe('a test call', () => {
    let figures: { readonly remain: number; readonly used: number };
    beforeEach(async () => {
      const { pilot, fleet, page } = stage();
      const { remain, used } = fleet.gateways.newApi.key('cline-work');
      figures = { remain, used };
      await addKeys(pilot, [sampleKey(fleet, KEY)]);
      // While VS Code redraws a tree it does not know what a click in it is about.
      const row = treeRow(page, VIEW, KEY).filter({ hasText: '$18.42' });
      await openContextMenu(page, row, 'Test Key…');
      await chooseFromMenu(page, 'Test Key…');
    });
    // A test call costs what other tests here expect to be left.
    afterEach(() => Object.assign(stage().fleet.gateways.newApi.key('cline-work'), figures));

    const sent = () =>
      stage().fleet.gateways.newApi.callsOf({ path: '/v1/chat/completions', key: 'cline-work' }).length;

    /** Types the name, and takes it. */
    const chooseModel = async (model: string) => {
      const { page } = stage();
      await typeInto(page, 'Which model should answer?', model, { accept: false });
      await choose(page, model);
    };

    it('is sent after a yes, and its answer is told with the time it took', async () => {
      const { page } = stage();
      await chooseModel('gpt-4.1-mini');
      const asked = await readDialog(page, QUESTION);
      await picture(page, 'test-key-question');
      assert.match(asked.detail, /It goes to http:\/\/127\.0\.0\.1:\d+ and asks the model “gpt-4\.1-mini”/);
      const before = sent();
      await answerDialog(page, QUESTION, 'Send');
      await notification(
        page,
        /“Cline – work” works: gpt-4\.1-mini answered in [\d,]+ ms: “Quota is fine\.”/,
      ).waitFor();
      await picture(page, 'test-key-answer');
      assert.equal(sent(), before + 1);
    });

    it('is not sent without the yes', async () => {
      const { page } = stage();
      await chooseModel('gpt-4.1-mini');
      const before = sent();
      await answerDialog(page, QUESTION, 'Cancel');
      assert.equal(sent(), before);
    });

    it('that is refused says so, and what to try', async () => {
      const { page, fleet } = stage();
      const body = JSON.stringify({ error: { message: 'No channel for o3', type: 'new_api_error' } });
      fleet.gateways.newApi.setReply('POST /v1/chat/completions', { status: 503, headers: {}, body });
      await chooseModel('o3');
      await answerDialog(page, QUESTION, 'Send');
      await notification(
        page,
        /refused the test call with “Cline – work” \(HTTP 503\)\. Try another model/,
      ).waitFor();
      await picture(page, 'test-key-refused');
      fleet.gateways.newApi.setReply('POST /v1/chat/completions', undefined);
    });
  });
}
