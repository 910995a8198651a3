import * as fc from 'fast-check';
import * as v from 'valibot';
import { sendsUnencrypted } from '../../src/core/input/origin.ts';
import { parseBaseUrl } from '../../src/core/input/parseBaseUrl.ts';
import { parseOrigin } from '../../src/core/input/parseOrigin.ts';
import { parseSecret } from '../../src/core/input/parseSecret.ts';
import { looksLikeOtherType } from '../../src/core/input/secretText.ts';
import { logsPageRequest } from '../../src/core/panels/logsMessages.ts';
import { overviewRequest } from '../../src/core/panels/overviewMessages.ts';
import { usagePageRequest } from '../../src/core/panels/usageMessages.ts';
import { GatewayError } from '../../src/core/quota/failure.ts';
import { parseRange } from '../../src/core/usage/range.ts';
import { parseQuietHours } from '../../src/core/warnings/quietHours.ts';
import { parseStreamUsage } from '../../src/gateways/completion.ts';
import { parseJsonBody, unwrapList, unwrapPayload } from '../../src/gateways/envelope.ts';
import { normalizeModelNames } from '../../src/gateways/modelNames.ts';
import { recognizeGateway } from '../../src/gateways/recognizeGateway.ts';
import { sanitizeText } from '../../src/gateways/sanitizeText.ts';
import { parseRetryAfter } from '../../src/gateways/transientError.ts';
import { normalizeTime } from '../../src/gateways/wireTime.ts';
import { certificatesIn } from '../../src/http/certificates.ts';
import { environmentProxy } from '../../src/http/environmentProxy.ts';
import { networkError } from '../../src/http/networkError.ts';
import { parseProxy } from '../../src/http/parseProxy.ts';
import { nextRedirect } from '../../src/http/redirect.ts';
import { Redactor } from '../../src/redaction/redactor.ts';
import { addKeyArgument, draftFromMembers } from '../../src/vscode/commands/keys/addKeyArgument.ts';
import { parseKeyLink } from '../../src/vscode/commands/keys/keyLink.ts';
import { parseArgument } from '../../src/vscode/commands/parseArgument.ts';
import { parseViewState } from '../../src/webview/usage/viewState.ts';
import { secretFor } from '../sampleGateways/secrets.ts';
import { bodyParsers } from './bodyParsers.ts';
import { settingParsers } from './settingParsers.ts';
import { storedParsers } from './storedParsers.ts';
import { type Target, target } from './target.ts';
import { longTexts, texts } from './texts.ts';
import { answers, askOf, valueJson } from './wireValues.ts';

const NOW = Date.UTC(2026, 5, 15, 12);
const UNSEEN = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u;
const anything = fc.oneof(fc.anything({ withBigInt: true, withMap: true }), texts, fc.double());

/** Runs a parser whose refusals are errors of a known kind. */
function refusing<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof GatewayError || (error instanceof Error && error.constructor === Error))
      return undefined;
    throw error;
  }
}

/** The library's own take longer to prepare than most targets take for all their cases. */
const webAddresses = fc
  .record({
    scheme: fc.constantFrom('http', 'https'),
    login: fc.constantFrom('', 'user@', 'user:pass@'),
    host: fc.domain(),
    port: fc.constantFrom('', ':', ':443', ':3000', ':65536'),
    path: fc.constantFrom('', '/', '/v1', '/v1/', '//', '/./..', '/%2e%2E/a'),
    query: fc.constantFrom('', '?', '?a=b&c=%00'),
    fragment: fc.constantFrom('', '#', '#/top'),
  })
  .map(
    ({ scheme, login, host, port, path, query, fragment }) =>
      `${scheme}://${login}${host}${port}${path}${query}${fragment}`,
  );

const addresses = fc.oneof(
  longTexts,
  webAddresses,
  fc.ipV6().map(ip => `http://[${ip}]:80/x`),
  fc.ipV4Extended().map(ip => `http://${ip}`),
  fc
    .tuple(
      fc.constantFrom('http://', 'https://', 'https:/', '//', '\\\\', 'javascript:', 'socks5://'),
      longTexts,
    )
    .map(each => each.join('')),
);

const SECRET = secretFor('fuzz');
const redactor = new Redactor();
redactor.protect(SECRET);

const otherParsers: readonly Target[] = [
  target(
    'addresses',
    'parser',
    addresses,
    text => parseOrigin(text, () => true),
    ({ origin }) =>
      origin !== undefined && new URL(origin).origin !== origin ? `${origin} is no origin` : undefined,
  ),
  target(
    'addresses without leave for plain http',
    'parser',
    addresses,
    text => parseOrigin(text),
    ({ origin }) => (origin !== undefined && sendsUnencrypted(origin) ? `${origin} is exposed` : undefined),
  ),
  target(
    'addresses with a path',
    'parser',
    addresses,
    text => parseBaseUrl(text, () => true),
    ({ baseUrl }) =>
      baseUrl !== undefined && parseBaseUrl(baseUrl, () => true).baseUrl !== baseUrl
        ? `${baseUrl} is not normalized`
        : undefined,
  ),
  target(
    'proxies',
    'parser',
    fc.oneof(addresses, anything),
    text => parseProxy(text),
    choice =>
      'address' in choice && /[@\s]/.test(choice.address)
        ? `${choice.address} holds more than an address`
        : undefined,
  ),
  target(
    'proxies of the environment',
    'parser',
    fc.tuple(fc.oneof(addresses, texts), fc.oneof(addresses, texts)),
    ([HTTPS_PROXY, NO_PROXY]) => environmentProxy(new URL('https://gw.example'), { HTTPS_PROXY, NO_PROXY }),
    found => {
      const choice = parseProxy(found?.proxy);
      return 'address' in choice && /[@\s]/.test(choice.address)
        ? `${choice.address} holds more than an address`
        : undefined;
    },
  ),
  target(
    'certificate files',
    'parser',
    fc
      .array(fc.tuple(texts, texts))
      .map(parts =>
        parts
          .map(
            ([around, within]) =>
              `${around}-----BEGIN CERTIFICATE-----\n${within}\n-----END CERTIFICATE-----`,
          )
          .join('\n'),
      ),
    certificatesIn,
    found => (found?.length ? 'a text is taken for a certificate' : undefined),
  ),
  target(
    'secrets',
    'parser',
    fc.oneof(
      longTexts,
      texts.map(text => `Bearer ${text}`),
    ),
    text => {
      const { secret } = parseSecret(text);
      if (secret !== undefined) looksLikeOtherType(secret, 'apiKey');
      return secret;
    },
    secret =>
      secret !== undefined && !/^[\x21-\x7e]{1,4096}$/.test(secret) ? 'no header can carry it' : undefined,
  ),
  target(
    'ranges',
    'parser',
    fc.tuple(
      anything,
      fc.oneof(
        anything,
        fc.date().map(date => (Number.isNaN(date.getTime()) ? '' : date.toISOString())),
      ),
    ),
    ([from, to]) => parseRange(from, to, NOW),
  ),
  target(
    'times',
    'parser',
    fc.oneof(
      anything,
      fc.date({ noInvalidDate: true }).map(date => date.toISOString()),
    ),
    normalizeTime,
    time => (typeof time === 'string' && Number.isNaN(Date.parse(time)) ? `${time} is no time` : undefined),
  ),
  target(
    'names of models',
    'parser',
    fc.oneof(anything, longTexts, fc.array(longTexts, { maxLength: 3 })),
    normalizeModelNames,
    names =>
      names?.models.some(name => UNSEEN.test(name) || [...name].length > 200)
        ? 'signs that cannot be seen'
        : undefined,
  ),
  target(
    'texts of gateways',
    'parser',
    longTexts,
    text => sanitizeText(text, 160),
    text => (UNSEEN.test(text) || [...text].length > 160 ? 'signs that cannot be seen' : undefined),
  ),
  target('answers', 'parser', answers(valueJson), answer => {
    const json = refusing(() => parseJsonBody(answer));
    if (json) refusing(() => unwrapPayload(json, answer.status));
    refusing(() => unwrapList(answer));
  }),
  target(
    'pauses',
    'parser',
    fc.oneof(
      texts,
      fc.integer().map(String),
      fc.date({ noInvalidDate: true }).map(date => date.toUTCString()),
    ),
    text => parseRetryAfter(new Headers({ 'retry-after': text.replace(/[^\x20-\x7e]/g, '') })),
    ms => (ms !== undefined && !(ms >= 0) ? `${ms} ms` : undefined),
  ),
  target(
    'streams of events',
    'parser',
    fc
      .array(
        fc.oneof(
          longTexts,
          valueJson.map(json => `data: {"usage":${json}}`),
        ),
        { maxLength: 8 },
      )
      .map(lines => lines.join('\n')),
    text => refusing(() => parseStreamUsage(text)),
  ),
  target('unknown gateways', 'parser', answers(valueJson), async answer => {
    try {
      return await recognizeGateway('https://gw.example', askOf([answer]));
    } catch (error) {
      if (error instanceof GatewayError) return undefined;
      throw error;
    }
  }),
  target(
    'redirects',
    'parser',
    fc.tuple(addresses, fc.constantFrom(301, 302, 303, 307, 308)),
    ([location, status]) => {
      const headers = new Headers();
      headers.set('location', location.replace(/[^\x20-\x7e]/g, '').slice(0, 10_000));
      return refusing(() =>
        nextRedirect(
          new URL('https://gw.example/api/usage/token?key=x'),
          new Response(null, { status, headers }),
        ),
      );
    },
    stop => (stop && stop.origin !== 'https://gw.example' ? `leads to ${stop.origin}` : undefined),
  ),
  target(
    'errors of connections',
    'parser',
    anything,
    error => networkError(error, false),
    error => (error instanceof Error ? undefined : 'no error'),
  ),
  target(
    'links',
    'parser',
    fc.record({
      path: fc.constantFrom('/add', '/add', '/add', '/', ''),
      query: fc.oneof(
        longTexts,
        fc
          .tuple(addresses, longTexts, texts)
          .map(([origin, label, kind]) => new URLSearchParams({ origin, label, kind }).toString()),
      ),
      fragment: fc.constantFrom('', SECRET),
    }),
    parts => refusing(() => parseKeyLink(parts)),
    link => (link?.label && UNSEEN.test(link.label) ? 'signs that cannot be seen' : undefined),
  ),
  target(
    'arguments of Add Key',
    'parser',
    fc.dictionary(
      fc.constantFrom('kind', 'origin', 'secret', 'label', 'credential', 'userId', '__proto__'),
      fc.oneof(anything, fc.constantFrom('newApi', 'cometApi', 'https://gw.example', SECRET)),
    ),
    argument =>
      refusing(() => draftFromMembers(parseArgument('keyQuota.addKey', addKeyArgument, argument).members)),
  ),
  target(
    'what pages say',
    'parser',
    fc.oneof(
      anything,
      fc.record({
        type: fc.constantFrom('ready', 'ask', 'export', 'sort', 'filter'),
        keyIds: anything,
        from: anything,
        to: anything,
        format: anything,
        row: anything,
        form: anything,
      }),
    ),
    message => {
      v.safeParse(usagePageRequest, message);
      v.safeParse(logsPageRequest, message);
      v.safeParse(overviewRequest, message);
      parseViewState(message);
    },
  ),
  target('quiet hours', 'parser', texts, text => parseQuietHours(text)),
  target(
    'texts to redact',
    'parser',
    fc.tuple(
      longTexts,
      fc.constantFrom(
        '',
        SECRET,
        SECRET.slice(5, 30),
        encodeURIComponent(SECRET),
        Buffer.from(`a${SECRET}`).toString('base64'),
      ),
      longTexts,
    ),
    each => redactor.redact(each.join('')),
    clean =>
      clean.includes('CANARY') || clean.includes(Buffer.from(`a${SECRET}`).toString('base64').slice(8, 20))
        ? 'a secret'
        : undefined,
  ),
  target('data to redact', 'parser', fc.object({ withBigInt: true, maxDepth: 4 }), data =>
    redactor.redactValue(data),
  ),
];

/** What reads anything from outside but answers of gateways. */
export const parsers: readonly Target[] = [
  ...bodyParsers,
  ...settingParsers,
  ...storedParsers,
  ...otherParsers,
];
