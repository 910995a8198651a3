import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, describe, it } from 'mocha';
import type { TeamAnswer } from '../../src/core/team/teamAnswer.ts';
import { oldestNode } from './oldestNode.ts';
import { eventually } from './program.ts';
import { READER, TeamStage } from './stage.ts';

const node = await oldestNode();
if (node === undefined)
  process.stdout.write(
    'The oldest Node was LEFT OUT: what is fetched of it is for Linux on x64, and this is another machine.\n',
  );
else
  describe('on the oldest Node that is promised, the command', () => {
    let stage: TeamStage;

    before(async () => {
      stage = await TeamStage.create();
      await stage.serve(['ok', 'low'], {}, node);
    });
    after(() => stage.close());

    it('reads keys of a gateway, and keeps what it has read', async () => {
      const keys = async () => (JSON.parse(await stage.get('/v1/keys', READER)) as TeamAnswer).keys;
      const read = await eventually(async () => {
        const all = await keys();
        return all.length === 2 && all.every(({ reading }) => reading) && all;
      });
      for (const { label, reading } of read)
        assert.equal(reading?.quota?.remaining, stage.gateway.key(label).remain / 500_000);
      // Nothing takes what it pushes here.
      assert.doesNotMatch(stage.server.output, /\b(?:warn|error) (?!Metrics do not reach )/);
    });

    it('shows by status what the server has kept', () => {
      const table = execFileSync(node, [stage.command, 'status', '--config', stage.configuration], {
        encoding: 'utf8',
        env: { PATH: process.env.PATH },
      });
      assert.match(table, /\bok\b.*\$/);
      assert.match(table, /\blow\b.*\$/);
    });
  });
