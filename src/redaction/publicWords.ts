import { COVERAGE_REASONS } from '../core/usage/coverage.ts';
import { EXPORT_FORMATS } from '../core/usage/exportFormat.ts';
import { WARNING_KINDS } from '../core/warnings/warning.ts';

/**
 * The words of our own state that are long enough to be taken for a secret: values of closed sets, units, names of
 * members that stand in texts. They stay readable: they reveal nothing about a secret that happens to contain one,
 * while a figure without its name, or a state without its word, would be useless. A test compares them with the types.
 */
const PUBLIC_WORDS: ReadonlySet<string> = new Set<string>([
  // Only lists that are in the package anyway, since others would make it larger.
  ...COVERAGE_REASONS,
  ...EXPORT_FORMATS,
  ...WARNING_KINDS,
  // Members of keys, readings and reports.
  ...(
    'unlimited remaining granted balance requests tokens models status credential origin reading failure ' +
    'account billing keylist accountkey testcall completions messages bymodel rangebykey rangebyaccount verify source budget custom gateway default ' +
    'setting display apikey querykey accesstoken managementkey cometapi aiohub cheapestinference newapi ' +
    'oldnewapi oneapi onehub openrouter litellm sub2api offline window global organization project workspace guardrail subscription ' +
    // States of keys.
    'exhausted expired invalid disabled unknown undated nokeys allfailing paused seldom ' +
    // Failures.
    'bad-key forbidden rate-limited not-supported blocked-by-edge transient unexpected refused-key ' +
    'secret-missing secret-unreadable secret-unanswered secret-undecryptable secret-forgotten secret-dropped ' +
    'wrong-credential master-key unknown-key used-up past-expiry key-disabled banned address-not-allowed scope-missing ' +
    'too-many-requests own-budget no-such-endpoint unknown-kind nothing-recorded range-not-told never-offered edge-page ' +
    'description-gone description-wrong description-misses description-searches consent-missing other-version bad-name no-members unknown-member ' +
    'missing not-number not-choice not-list needless no-figures no-limit holds-secret not-address not-path ' +
    'other-host changes-something not-json-path with-function too-broad nothing several expiresat ' +
    'host-not-found connection-refused connection-broken timeout certificate-untrusted certificate-expired ' +
    'certificate-name headers-too-large server-error unknown-refusal doubted-refusal unclear-refusal proxy-login proxy-login-unread ' +
    'proxy-setting proxy-certificate proxy-protocol proxy-silent ca-file ca-file-content plain-http plain-http-public ' +
    'user-id-needed user-id-header client-certificate not-http not-json not-text missing-figures too-large ' +
    'redirected redirect-loop other-page https-instead refused-request files-gone internal checks-paused ' +
    // Coverage, verification steps and anomalies.
    'happy-path date-range malformed-date outside-activity not-idle high-day strange-hour ' +
    'ledger recorded cut-short repeats too-many not-a-date milliseconds incomplete doubtful percent amount ' +
    'reversed future too-long yesterday this-month last-month this-quarter ' +
    // Warnings, and types of log rows.
    'key-quota severity warning snoozed refusal consume manage system refund'
  ).split(' '),
]);

/** A day or a moment as we write it. */
const ISO_TIME = /^(?:\d{4}|[+-]\d{6})-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)?)?$/;

/** Whether a text is a word of our own state (`exhausted`) or a time in ISO 8601. */
export function isPublicWord(word: string): boolean {
  return PUBLIC_WORDS.has(word.toLowerCase()) || ISO_TIME.test(word);
}

/** No word of ours, no host and no time is longer. */
const MAX_WORD_LENGTH = 253;
/** The characters of a word, and of a host or a time. */
const WORD_CHARACTERS = [/[\w-]/, /[\w.-]/, /[\w.:+-]/];

/** The word, the host and the time around `text.slice(from, to)`: each as far as its characters reach. */
export function* wordsAround(text: string, from: number, to: number): Generator<string> {
  for (const kind of WORD_CHARACTERS) {
    let [start, end] = [from, to];
    while (end - start <= MAX_WORD_LENGTH && kind.test(text.charAt(start - 1))) start--;
    while (end - start <= MAX_WORD_LENGTH && kind.test(text.charAt(end))) end++;
    // The end of a sentence is not the end of a host.
    while (end > to && /[.:]/.test(text.charAt(end - 1))) end--;
    yield text.slice(start, end);
  }
}

/** The length of the longest run of characters that two texts have in common, without regard to case. */
export function commonSubstringLength(some: string, other: string): number {
  const [one, two] = [some.toLowerCase(), other.toLowerCase()];
  let longest = 0;
  for (let at = 0; at + longest < one.length; at++) {
    while (at + longest < one.length && two.includes(one.slice(at, at + longest + 1))) longest++;
  }
  return longest;
}
