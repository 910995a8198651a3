import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { gatewayOf } from '../../../../../src/gateways/registry.ts';
import { recognizedText } from '../../../../../src/vscode/commands/keys/add/placeText.ts';

describe('what a gateway was recognized by', () => {
  const BY_PAGE = [
    ['newApi', '/api/status', 'New API, by its status page'],
    // It has none: an unknown path of it is refused in words of its own.
    ['claudeCodeHub', '/api/status', 'claude-code-hub, by its answer at /api/status'],
    ['claudeRelay', '/health', 'Claude Relay Service, by its answer at /health'],
  ] as const;
  for (const [kind, page, text] of BY_PAGE)
    it(`is told as it was: ${text}`, () => {
      const gateway = gatewayOf(kind) ?? assert.fail();
      assert.equal(recognizedText({ gateway, baseUrl: 'https://relay.example', by: 'page', page }), text);
    });
});
