import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { FailureClass, FailureReason } from '../../../src/core/quota/failure.ts';
import { failureStatusText } from '../../../src/text/failureStatus.ts';
import { nextCheckText, noticeText, spokenText } from '../../../src/text/keyTexts.ts';
import { treeNodes } from '../../../src/vscode/tree/treeNodes.ts';
import { tooltipMarkdown } from '../../../src/vscode/views/tooltip.ts';
import { hoverText } from '../support/hoverText.ts';
import { at, HOUR, NOW } from '../support/samples.ts';
import { treeText } from '../support/treeText.ts';
import { checkedKey } from '../support/warnings.ts';

const WORDS: readonly (readonly [FailureClass, FailureReason, string])[] = [
  ['transient', 'timeout', 'no answer'],
  ['transient', 'connection-refused', 'no answer'],
  ['transient', 'host-not-found', 'no answer'],
  ['transient', 'offline', 'no network'],
  ['transient', 'server-error', 'gateway error'],
  ['transient', 'unknown-refusal', 'check refused'],
  ['transient', 'certificate-untrusted', 'certificate not trusted'],
  ['transient', 'tls', 'no secure connection'],
  ['rate-limited', 'own-budget', 'waiting for a turn'],
  ['rate-limited', 'too-many-requests', 'rate limited by the gateway'],
  ['blocked-by-edge', 'edge-page', 'blocked by a protection page'],
  ['forbidden', 'address-not-allowed', 'not allowed'],
  ['not-supported', 'no-such-endpoint', 'not supported'],
  ['transient', 'other-page', 'redirected to another page'],
  ['unexpected', 'missing-figures', 'answer not readable'],
  ['unexpected', 'html', 'answer not readable'],
  ['unexpected', 'user-id-needed', 'user ID required'],
  ['unexpected', 'internal', 'check failed'],
  ['unexpected', 'files-gone', 'check failed'],
  ['unexpected', 'user-id-header', 'user ID required'],
  ['transient', 'doubted-refusal', 'check refused'],
  ['transient', 'unclear-refusal', 'check refused'],
  ['bad-key', 'secret-missing', 'secret missing'],
  ['bad-key', 'secret-undecryptable', 'secret missing'],
  ['bad-key', 'secret-forgotten', 'secret missing'],
  ['bad-key', 'secret-dropped', 'secret missing'],
  ['bad-key', 'secret-unreadable', 'key ring locked'],
  ['bad-key', 'secret-unanswered', 'key ring not responding'],
  ['bad-key', 'refused-key', 'not accepted'],
  ['exhausted', 'used-up', 'used up'],
  ['expired', 'past-expiry', 'expired'],
  ['disabled', 'key-disabled', 'disabled'],
  ['paused', 'checks-paused', 'checks paused'],
  ['transient', 'certificate-expired', 'certificate not valid'],
  ['transient', 'certificate-name', 'certificate for another name'],
  ['unexpected', 'client-certificate', 'client certificate required'],
  ['transient', 'ca-file', 'certificate file not usable'],
  ['transient', 'ca-file-content', 'certificate file not usable'],
  ['transient', 'proxy-certificate', 'proxy’s certificate not valid'],
  ['transient', 'proxy', 'proxy not usable'],
  ['transient', 'proxy-login', 'proxy not usable'],
  ['transient', 'proxy-login-unread', 'proxy not usable'],
  ['transient', 'proxy-setting', 'proxy not usable'],
  ['transient', 'proxy-protocol', 'proxy not usable'],
  ['transient', 'proxy-silent', 'proxy not usable'],
  ['transient', 'plain-http', 'plain http not allowed'],
  ['transient', 'plain-http-public', 'plain http not allowed'],
];

describe('why there is no figure, in a few words', () => {
  for (const [failureClass, reason, word] of WORDS) {
    it(`${reason}: ${word}`, () => {
      assert.equal(failureStatusText({ class: failureClass, reason }), word);
    });
  }

  const lacking = (reason: FailureReason) =>
    checkedKey(NOW, { status: 'invalid', failure: { class: 'bad-key', reason, message: '…' } });

  it('does not call a missing secret refused by the gateway', () => {
    assert.equal(noticeText(lacking('secret-missing'), NOW), 'secret missing · as of 12:00 PM');
    assert.equal(noticeText(lacking('secret-unreadable'), NOW), 'key ring locked · as of 12:00 PM');
    assert.match(spokenText(lacking('secret-dropped'), NOW), /, secret missing,/);
    assert.equal(noticeText(lacking('refused-key'), NOW), 'not accepted · as of 12:00 PM');
  });

  it('says in speech and tree why a key has never been read', () => {
    const failure = { class: 'transient', reason: 'timeout', message: '…' } as const;
    const key = { ...checkedKey(NOW, { status: 'unknown', failure }), reading: undefined };
    assert.equal(noticeText(key, NOW), 'no answer');
    assert.match(spokenText(key, NOW), /, no figures yet, no answer$/);
    assert.match(spokenText({ ...key, failure: undefined }, NOW), /, no figures yet$/);
  });

  it('says that a key ring without an answer is waited for, without advice', () => {
    const key = { ...lacking('secret-unanswered'), nextCheckAt: undefined };
    assert.equal(noticeText(key, NOW), 'key ring not responding · as of 12:00 PM');
    assert.equal(nextCheckText(key, NOW), 'as soon as the key ring responds');
  });

  it('says in tree, tooltip and speech why an old figure has no newer one', () => {
    for (const [failureClass, reason, word] of [
      ['blocked-by-edge', 'edge-page', 'blocked by a protection page'],
      ['transient', 'other-page', 'redirected to another page'],
      ['transient', 'offline', 'no network'],
    ] as const) {
      const failure = { class: failureClass, reason, message: '…' };
      const old = checkedKey(NOW - 8 * HOUR, { status: 'stale', failure });
      assert.equal(noticeText(old, NOW), `out of date · ${word}`);
      assert.equal(hoverText(tooltipMarkdown([old], NOW)).cards[0]?.line, `${word} · as of 8 hours ago`);
      assert.match(treeText(treeNodes([old], NOW)), new RegExp(`out of date · ${word}`));
      assert.match(spokenText(old, NOW), new RegExp(`, out of date, .*${word}, as of 8 hours ago$`));
    }
    const silent = { class: 'transient', reason: 'timeout', message: '…' } as const;
    assert.equal(
      noticeText(checkedKey(NOW - 8 * HOUR, { status: 'stale', failure: silent }), NOW),
      'out of date',
    );
  });

  it('says of a machine without a network nothing of a check, and when there will be one', () => {
    const failure = { class: 'transient', reason: 'offline', message: '…' } as const;
    const fresh = { ...checkedKey(NOW, { failure }), nextCheckAt: undefined };
    assert.equal(noticeText(fresh, NOW), 'no network, as of 12:00 PM');
    assert.match(spokenText(fresh, NOW), /, no network, as of 12:00 PM$/);
    assert.equal(nextCheckText(fresh, NOW), 'as soon as there is a network');
    assert.equal(hoverText(tooltipMarkdown([fresh], NOW)).cards[0]?.line, 'no network, as of 12:00 PM');
    const tried = { ...fresh, nextCheckAt: at(5 * 60_000) };
    assert.equal(nextCheckText(tried, NOW), '12:05 PM');
  });

  it('calls a figure “checked” if the last check took it, and “as of” if a later check failed', () => {
    const failure = { class: 'transient', reason: 'timeout', message: '…' } as const;
    assert.match(spokenText(checkedKey(NOW, { status: 'ok' }), NOW), /, updated \d/);
    const old = checkedKey(NOW - 8 * HOUR, { status: 'stale', failure });
    assert.match(spokenText(old, NOW), /, as of 8 hours ago$/);
  });
});
