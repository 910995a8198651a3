import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { requestPathMistake } from '../../../../src/gateways/described/requestPath.ts';

const GOOD = [
  '/',
  '/v1/usage',
  '/usage_api/',
  '/v2/quotas?period=month&of=me',
  '/api/user/balance',
  '/v1/dashboard/billing/subscription',
  '/api/presets/mine',
  '/api/usage/token/',
  '/zen/go/v1/usage',
  '/users/me/quota_usage/me',
  '/api/payments',
  '/test/usage',
  '/v1/affinity',
  '/a%20b',
];

const CHANGING = [
  '/api/user/token',
  '/api/user/token/',
  '/API/User/TOKEN',
  '/api//user///token',
  '/api/x/../user/token',
  '/api/user/./token',
  '/api/user/%74oken',
  '/api/user%2ftoken',
  '/api/user/%2574oken',
  '/api/x/%2e%2e/user/token',
  '/api/x/%252e%252e/user/token',
  '/api/user/token?x=1',
  '/proxy?path=/api/user/token',
  '/proxy?path=%2Fapi%2Fuser%2Ftoken',
  '/proxy?path=%252Fapi%252Fuser%252Ftoken',
  '/api/user/token%23x',
  '/api/user/token;x=1',
  '/api/user;x/token',
  '/token',
  '/api/channel/test',
  '/api/channel/t%65st/7',
  '/token/?x=1',
  '/api/user/topup',
  '/api/user/top-up',
  '/api/user/top_up',
  '/api/user/TopUp/info',
  '/api/user/logout',
  '/log%6Fut',
  '/api/user/checkin',
  '/api/user/check_in',
  '/api/checkIn',
  '/api/keys/delete',
  '/deleteKey',
  '/keys/1?action=delete',
  '/keys/1?_method=DELETE',
  '/keys/1?DELETE',
  '/keys/1?do=%64elete',
  '/api/reset_password?email=a',
  '/key/regenerate',
  '/key/1/regenerateToken',
  '/api/user/aff_transfer',
  '/api/user/aff',
  '/api/user/pay',
  '/api/verification?email=a',
  '/key/generate',
  '/key/revoke',
  '/key/rotate',
  '/oauth/authorize',
  '/health',
  '/%EF%BD%84elete',
];

const ELSEWHERE = [
  ['//evil.example/usage', 'other-host'],
  ['/\\evil.example/usage', 'other-host'],
  ['/\\/evil.example', 'other-host'],
  ['https://evil.example/usage', 'not-path'],
  ['usage', 'not-path'],
  ['', 'not-path'],
  ['/a b', 'not-path'],
  ['/a\\b', 'not-path'],
  ['/a#b', 'not-path'],
  ['/a\nHost: evil.example', 'not-path'],
  ['/ключ', 'not-path'],
  ['/%', 'not-path'],
  ['/%zz', 'not-path'],
  ['/%25252525252525252541', 'not-path'],
  [`/${'a'.repeat(300)}`, 'too-long'],
  [7, 'not-text'],
  [undefined, 'not-text'],
] as const;

describe('the path of a described gateway', () => {
  for (const path of GOOD)
    it(`may be ${path}`, () => {
      assert.equal(requestPathMistake(path), undefined);
    });

  for (const path of CHANGING)
    it(`is refused where it is known to change or cost something: ${path}`, () => {
      assert.equal(requestPathMistake(path), 'changes-something');
    });

  for (const [path, mistake] of ELSEWHERE)
    it(`is refused as “${mistake}”: ${JSON.stringify(path)?.slice(0, 40)}`, () => {
      assert.equal(requestPathMistake(path), mistake);
    });
});
