import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { VERSIONS, type VersionName } from '../../sampleGateways/newApi/version.ts';
import { type SampleGateway, startSampleGateway } from '../../sampleGateways/server.ts';
import { ask, bearer } from './ask.ts';

type Row = Partial<Record<VersionName, [number, string]>>;

const OPENAI = (text: string): string => `"message":"${text}`;
const PLAIN = (text: string): string => `{"message":"${text}","success":false}`;

/** What each version answers to each wrong key: status and a part of the body. */
const ROWS: Record<string, Row> = {
  'no header': {
    'v0.9.0': [401, OPENAI('未提供令牌')],
    'v0.10.8': [401, PLAIN('未提供 Authorization 请求头')],
    'v0.12.7': [401, PLAIN('Token not provided')],
    'v1.0.0-rc.24': [401, PLAIN('Token not provided')],
  },
  unknown: {
    'v0.9.0': [401, OPENAI('无效的令牌')],
    'v0.10.8': [401, PLAIN('无效的令牌')],
    'v0.12.7': [401, PLAIN('Invalid token')],
    'v1.0.0-rc.24': [401, PLAIN('Invalid token')],
  },
  'raw key': {
    'v0.9.0': [401, PLAIN('Invalid Bearer token')],
    'v0.10.8': [401, PLAIN('Invalid Bearer token')],
    'v1.0.0-rc.24': [401, PLAIN('Invalid Bearer token')],
  },
  'with channel': {
    'v0.9.0': [403, OPENAI('普通用户不支持指定渠道')],
    'v0.10.8': [200, '"success":false'],
    'v1.0.0-rc.24': [200, PLAIN('Failed to get token info, please try again later')],
  },
  disabled: {
    'v0.9.0': [401, OPENAI('该令牌状态不可用')],
    'v0.10.8': [200, '"total_available":100000'],
    'v0.12.7': [200, '"total_available":100000'],
    'v1.0.0-rc.17': [401, PLAIN('This token status is unavailable')],
    'v1.0.0-rc.24': [401, PLAIN('This token status is unavailable')],
  },
  expired: {
    'v0.9.0': [401, OPENAI('该令牌已过期')],
    'v0.10.8': [200, '"expires_at":1748736000'],
    'v1.0.0-rc.24': [200, '"expires_at":1748736000'],
  },
  exhausted: {
    'v0.9.0': [401, '该令牌额度已用尽 TokenStatusExhausted[sk-'],
    'v0.10.8': [200, '"total_available":0'],
    'v1.0.0-rc.24': [200, '"total_available":0'],
  },
  overdrawn: {
    'v0.9.0': [401, '该令牌额度已用尽 !token.UnlimitedQuota \\u0026\\u0026 token.RemainQuota = -12'],
    'v1.0.0-rc.24': [200, '"total_available":-12'],
  },
  banned: {
    'v0.9.0': [403, OPENAI('用户已被封禁')],
    'v0.10.8': [403, PLAIN('用户已被封禁')],
    'v0.12.7': [403, PLAIN('User has been banned')],
    'v1.0.0-rc.24': [403, PLAIN('User has been banned')],
  },
  'ip-restricted': {
    'v0.9.0': [403, OPENAI('您的 IP 不在令牌允许访问的列表中')],
    'v0.10.8': [200, '"code":true'],
    'v1.0.0-rc.24': [200, '"code":true'],
  },
  'unlimited-negative': {
    'v0.9.0': [200, '"total_available":-752600,"total_granted":0,"total_used":752600,"unlimited_quota":true'],
    'v1.0.0-rc.24': [
      200,
      '"total_available":-752600,"total_granted":0,"total_used":752600,"unlimited_quota":true',
    ],
  },
};

for (const version of Object.keys(VERSIONS) as VersionName[]) {
  describe(`sample gateway: errors of ${version}`, () => {
    let gateway: SampleGateway;
    before(async () => {
      gateway = await startSampleGateway({ version });
    });
    after(() => gateway.close());

    function headersFor(row: string): Record<string, string> {
      if (row === 'no header') return {};
      if (row === 'unknown') return bearer('sk-nobody');
      if (row === 'raw key') return { Authorization: gateway.secret('ok') };
      if (row === 'with channel') return bearer(`${gateway.secret('ok')}-12`);
      return bearer(gateway.secret(row));
    }

    for (const [row, cells] of Object.entries(ROWS)) {
      const cell = cells[version];
      if (!cell) continue;
      it(`${row}: ${cell[0]}`, async () => {
        const answer = await ask(gateway.origin, '/api/usage/token/', headersFor(row));
        assert.equal(answer.status, cell[0]);
        assert.ok(answer.text.includes(cell[1]), answer.text);
      });
    }

    it('has the usage endpoint or not', async () => {
      const { status } = await ask(gateway.origin, '/api/usage/token/', bearer(gateway.secret('ok')));
      assert.equal(status, VERSIONS[version].usageToken === 'absent' ? 404 : 200);
    });

    it('tells its display type if it knows one', async () => {
      const { text } = await ask(gateway.origin, '/api/status');
      assert.equal(text.includes('quota_display_type'), VERSIONS[version].displayTypes);
      assert.ok(text.includes('"quota_per_unit":500000'));
    });
  });
}

describe('sample gateway: languages', () => {
  it('takes the first tag of Accept-Language', async () => {
    const gateway = await startSampleGateway({ version: 'v0.12.7', scenarios: 'none' });
    const said = async (language: string) =>
      (await ask(gateway.origin, '/api/usage/token/', { ...bearer('sk-x'), 'Accept-Language': language }))
        .text;
    assert.ok((await said('zh-CN,en;q=0.5')).includes('无效的令牌'));
    assert.ok((await said('zh-TW')).includes('無效的令牌'));
    assert.ok((await said('en;q=0.9,zh-CN')).includes('Invalid token'));
    await gateway.close();
  });
});
