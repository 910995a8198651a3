import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  type Failure,
  type FailureClass,
  type FailureReason,
  failed,
} from '../../../src/core/quota/failure.ts';
import { failureText, keyFailureText, newKeyFailureText } from '../../../src/text/failure.ts';
import { networkFailureText } from '../../../src/text/networkFailure.ts';
import { NOW } from '../support/samples.ts';

const SUBJECT = { label: 'Team key', baseUrl: 'https://gw.example' };

/** The class each reason comes with, and the advice its sentence must hold. A new reason must be told here. */
const REASONS: Readonly<Record<FailureReason, readonly [FailureClass, advice: RegExp]>> = {
  'refused-key': ['bad-key', /does not accept.*Replace Secret/],
  'secret-missing': ['bad-key', /Enter the key again with Replace Secret/],
  'secret-unreadable': ['bad-key', /Unlock the key ring/],
  'secret-unanswered': [
    'bad-key',
    /is not responding.*continue as soon as it responds.*unlock the system’s key ring/,
  ],
  'secret-undecryptable': ['bad-key', /Enter the key again with Replace Secret/],
  'secret-forgotten': ['bad-key', /Set up the system’s key ring.*Replace Secret/],
  'secret-dropped': ['bad-key', /Close other windows.*Replace Secret/],
  'wrong-credential': ['bad-key', /add it again/],
  'master-key': ['bad-key', /add a virtual key/],
  'user-id-needed': ['unexpected', /user ID/],
  'user-id-header': ['unexpected', /user ID in a header.*API key/],
  'unknown-key': ['bad-key', /Replace Secret/],
  'used-up': ['exhausted', /Top it up/],
  'past-expiry': ['expired', /Renew it/],
  'key-disabled': ['disabled', /Enable it there/],
  forbidden: ['forbidden', /restrictions/],
  'address-not-allowed': ['forbidden', /allow-list/],
  'scope-missing': ['forbidden', /its token lacks.*Grant it.*or use Replace Secret/],
  'checks-paused': ['paused', /are paused, so.*is not asked.*Resume Key Checks/],
  'unknown-refusal': ['transient', /HTTP 502.*Retrying automatically/],
  'doubted-refusal': ['transient', /counts only when repeated.*Retrying automatically/],
  'unclear-refusal': ['transient', /refuse a valid key the same way.*operator.*check the key/],
  'client-certificate': ['unexpected', /client certificate.*operator/],
  banned: ['disabled', /Ask the gateway’s operator/],
  'too-many-requests': ['rate-limited', /will be checked again automatically/],
  'own-budget': ['rate-limited', /waiting for its turn/],
  'no-such-endpoint': ['not-supported', /Check the address .*kind of gateway/],
  'unknown-kind': ['not-supported', /Update the extension/],
  'nothing-recorded': ['not-supported', /Keep the key here/],
  'never-offered': ['not-supported', /of a kind that does not offer this/],
  'other-version': ['not-supported', /another version.*Update/],
  'description-gone': ['not-supported', /The description “.*” is gone.*Put it back.*or remove the key/],
  'description-wrong': ['not-supported', /has a mistake.*keyQuota\.describedGateways/],
  'description-searches': ['unexpected', /search its answer too often\. Spell out/],
  'description-misses': ['unexpected', /what is left is unknown\. Correct it/],
  'consent-missing': ['not-supported', /into the address.*Add the key again/],
  'range-not-told': ['not-supported', /records it from its own readings/],
  'edge-page': ['blocked-by-edge', /let API calls through\. Retrying automatically\.$/],
  offline: ['transient', /no network connection to .*Retrying automatically/],
  'host-not-found': ['transient', /Check the address .* and your network/],
  'connection-refused': ['transient', /Check the address and port/],
  'connection-broken': ['transient', /Retrying automatically/],
  timeout: ['transient', /Retrying automatically/],
  'certificate-untrusted': [
    'transient',
    /no key is sent over such a connection.*set caFile.*certificate authority/,
  ],
  'certificate-expired': ['transient', /no key is sent over such a connection.*Check the clock/],
  'certificate-name': ['transient', /no key is sent over such a connection.*Check the address/],
  tls: ['transient', /no secure connection.*whether it uses https/],
  'headers-too-large': ['transient', /too many headers.*Ask the gateway’s operator/],
  'server-error': ['transient', /HTTP 502.*Retrying automatically/],
  proxy: ['transient', /proxy settings/],
  'proxy-login-unread': [
    'transient',
    /login for the proxy .* key ring.*Unlock the key ring or reload the window/,
  ],
  'proxy-login': ['transient', /requires a login\. Use Set Proxy Login/],
  'proxy-setting': ['transient', /cannot be used.*Set Proxy Login/],
  'proxy-certificate': ['transient', /certificate of the proxy.*caFile/],
  'proxy-protocol': ['transient', /a different protocol.*http:\/\/, https:\/\/ or socks5:\/\//],
  'proxy-silent': ['transient', /accepts connections but does not answer.*try http:\/\/ or https:\/\//],
  'ca-file': ['transient', /could not be read.*regular file.*PEM/],
  'ca-file-content': ['transient', /cannot be parsed.*PEM/],
  'plain-http': ['transient', /was not sent.*Use https.*set allowHttp/],
  'plain-http-public': [
    'transient',
    /was not sent.*allowHttp applies only to private network addresses, and this is not one of them\./,
  ],
  'not-http': ['unexpected', /a protocol other than HTTP.*Check the address and port/],
  empty: ['unexpected', /Check the address/],
  html: ['unexpected', /web page.*Check the address/],
  'not-json': ['unexpected', /Check the address/],
  'not-text': ['unexpected', /Check the address/],
  'missing-figures': ['unexpected', /without the figures/],
  'too-large': ['unexpected', /cut off/],
  redirected: ['unexpected', /https:\/\/other\.example\. The key was not sent there/],
  'other-page': ['transient', /another of its own pages.*let API calls through\. Retrying automatically\.$/],
  'redirect-loop': ['unexpected', /in a loop.*Check the address/],
  'https-instead': ['unexpected', /use https:\/\/other\.example instead/],
  'refused-request': ['unexpected', /HTTP 502/],
  'files-gone': ['unexpected', /updated or removed.*Reload the window/],
  internal: ['unexpected', /Show Extension Log/],
};

describe('a failure as a sentence', () => {
  for (const [reason, [failureClass, advice]] of Object.entries(REASONS)) {
    const { failure } = failed(failureClass, reason as FailureReason, {
      status: 502,
      target: 'https://other.example',
    });
    const told = () => keyFailureText(failure, SUBJECT, NOW);

    it(`${reason} names the key and says what to do`, () => {
      const sentence = told();
      assert.match(sentence, advice);
      assert.ok(sentence.includes('“Team key”'), sentence);
      assert.match(sentence, /[.)]$/);
    });

    it(`${reason} leaves no placeholder and no jargon`, () => {
      const sentence = told();
      assert.doesNotMatch(sentence, /\{\w+\}|undefined|null|NaN/);
      assert.ok(!sentence.includes(`(${reason})`) && !sentence.includes(`${failureClass}:`), sentence);
    });
  }

  it('has a different sentence for every reason, except for two kinds of invalid JSON', () => {
    const sentences = Object.entries(REASONS).map(([reason, [failureClass]]) =>
      failureText({ class: failureClass, reason: reason as FailureReason }, SUBJECT),
    );
    assert.equal(new Set(sentences).size, sentences.length - 1);
  });

  it('says of a web page where else the API may be', () => {
    const html = { class: 'unexpected', reason: 'html' } as const;
    assert.match(failureText(html, SUBJECT), /the API may be at another host, or below a path\.$/);
  });

  it('promises no other try of what a person asked once', () => {
    const once = Object.entries(REASONS).filter(([, [, advice]]) => advice.source.includes('Retrying'));
    assert.equal(once.length, 8);
    for (const [reason, [failureClass]] of once) {
      const { failure } = failed(failureClass, reason as FailureReason, { status: 502 });
      for (const sentence of [
        failureText(failure, SUBJECT),
        newKeyFailureText(failure, SUBJECT.baseUrl),
        networkFailureText(failure, 'Webhook', SUBJECT.baseUrl),
      ])
        assert.doesNotMatch(sentence, /automatically/, reason);
      assert.match(failureText(failure, SUBJECT), /Try again later\.$/, reason);
    }
  });

  it("is followed by the gateway's own message", () => {
    const { failure } = failed('bad-key', 'refused-key', { words: 'Invalid token' });
    assert.match(failureText(failure, SUBJECT), /Replace Secret\. The gateway says: “Invalid token”$/);
  });

  it('says since when checks are paused, where that is known', () => {
    const now = Date.UTC(2026, 5, 15, 12);
    const paused = { class: 'paused', reason: 'checks-paused', since: now - 60_000 } as const;
    assert.match(failureText(paused, SUBJECT, now), /^Checks of “Team key” have been paused since .+, so/);
  });

  it('says from when on a gateway that wants a pause is asked again, as long as that is to come', () => {
    const now = Date.UTC(2026, 5, 15, 12);
    const pause = (until?: number) =>
      failureText({ class: 'rate-limited', reason: 'too-many-requests', until }, SUBJECT, now);
    assert.match(
      pause(now + 60_000),
      /^https:\/\/gw\.example is limiting requests\. “Team key” will be checked again automatically from .+ on\.$/,
    );
    for (const until of [now, now - 1, undefined]) {
      assert.equal(
        pause(until),
        'https://gw.example is limiting requests. “Team key” will be checked again automatically.',
      );
    }
  });

  it('says that another type of credential may be meant, before the gateway’s own message', () => {
    const refused = { class: 'bad-key', reason: 'refused-key', maybeAnother: true } as const;
    assert.match(
      failureText({ ...refused, words: 'no' }, SUBJECT),
      /Replace Secret\. It may also be a different type of credential than the one it was added as\. The gateway says: “no”$/,
    );
  });

  it('says of a paused key what came of a check all the same', () => {
    const now = Date.UTC(2026, 5, 15, 12);
    const paused = { class: 'paused', reason: 'checks-paused' } as const;
    const timeout = { class: 'transient', reason: 'timeout' } as const;
    const last = / The last check returned no figures: no answer\.$/;
    assert.match(keyFailureText(paused, SUBJECT, now, timeout), last);
    assert.doesNotMatch(keyFailureText(paused, SUBJECT, now), /last check/);
    assert.doesNotMatch(keyFailureText({ ...timeout, reason: 'empty' }, SUBJECT, now, timeout), /last check/);
  });

  it('says of a key of a server whose it is, and where it can be changed', () => {
    const served = { ...SUBJECT, label: 'ML batch', via: 'Team' };
    const said = (failure: Failure) => keyFailureText(failure, served, 0);
    const bad = { class: 'bad-key', reason: 'refused-key' } as const;
    assert.equal(said(bad), '“Team” says of its key “ML batch”: not accepted. Change it there.');
    const down = { class: 'transient', reason: 'server-error' } as const;
    assert.equal(said(down), 'The last check returned no figures: gateway error.');
  });

  it('does not fill placeholders in a label or message', () => {
    const { failure } = failed('bad-key', 'refused-key', { words: '{0}' });
    const sentence = failureText(failure, { label: '{0}{1}', baseUrl: 'https://gw.example' });
    assert.match(sentence, /“\{0\}\{1\}”.*“\{0\}”$/);
  });

  it('is not in the error that carries the failure, which has class and reason only', () => {
    const error = failed('bad-key', 'refused-key', {
      words: 'Invalid token',
      target: 'https://other.example',
    });
    assert.equal(error.message, 'bad-key: refused-key');
    assert.equal(error.name, 'GatewayError');
  });
});

describe('the failure of a key that is being added', () => {
  const told = (reason: FailureReason, more: object = {}) =>
    newKeyFailureText({ ...failed('bad-key', reason).failure, ...more }, 'https://gw.example', NOW);

  it('advises to check what was pasted, since there is no stored secret to replace', () => {
    const sentence =
      'https://gw.example does not accept this key. Check that it was copied whole and belongs to this gateway.';
    assert.equal(told('refused-key'), sentence);
    assert.equal(told('unknown-key', { words: 'no' }), `${sentence} The gateway says: “no”`);
  });

  it('promises no check by itself where the gateway wants a pause', () => {
    const again = 'https://gw.example is limiting requests. Try again in a few minutes.';
    assert.equal(told('too-many-requests'), again);
    assert.equal(told('too-many-requests', { until: NOW }), again);
    assert.match(
      told('too-many-requests', { until: NOW + 60_000 }),
      /^https:\/\/gw\.example is limiting requests\. Try again from .+[AP]M on\.$/,
    );
  });

  it('is none of a key where nobody answers, and promises no other try', () => {
    const sentence =
      'https://gw.example does not answer. Check the address and port, your network, and whether the gateway is running.';
    for (const reason of ['connection-refused', 'host-not-found', 'timeout'] as const)
      assert.equal(told(reason), sentence);
  });

  it('is any other with the label of a new key', () => {
    assert.match(told('server-error'), /could not answer for “new key”\./);
  });
});
