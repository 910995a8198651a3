import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { logCsv } from '../../../../src/text/exports/logCsv.ts';

describe('the CSV of a log', () => {
  it('has each figure in the column of its name, and nothing where the gateway said nothing', () => {
    const text = logCsv(
      [
        {
          at: '2026-06-01T10:00:00.000Z',
          type: 'consume',
          keyName: 'Cline',
          model: 'gpt-4.1',
          amount: 0.0015,
          promptTokens: 11,
          completionTokens: 22,
          seconds: 3,
          group: 'vip',
          requestId: 'r1',
          address: '10.0.0.1',
          text: 'a, b',
        },
        { at: '2026-06-01T09:00:00.000Z', type: 'topUp', keyName: '', model: '' },
      ],
      { code: 'USD', source: 'gateway' },
    );
    assert.deepEqual(text.split('\r\n'), [
      'time,type,key,model,amount,unit,prompt_tokens,completion_tokens,seconds,group,request_id,address,text',
      '2026-06-01T10:00:00.000Z,consume,Cline,gpt-4.1,0.0015,USD,11,22,3,vip,r1,10.0.0.1,"a, b"',
      '2026-06-01T09:00:00.000Z,topUp,,,,USD,,,,,,,',
      '',
    ]);
  });
});
