import type { DescriptionMistake } from '../../core/quota/descriptionMistake.ts';

export const MAX_PATH_LENGTH = 300;

/** Words with which a path or a query begins to do something, though it is asked by GET. */
const CHANGING_WORDS = [
  'activate',
  'bind',
  'callback',
  'cancel',
  'checkin',
  'clear',
  'create',
  'deactivate',
  'delete',
  'destroy',
  'disable',
  'enable',
  'generate',
  'login',
  'logoff',
  'logout',
  'purge',
  'recharge',
  'redeem',
  'register',
  'regenerate',
  'remove',
  'reset',
  'revoke',
  'rotate',
  'signin',
  'signout',
  'signup',
  'topup',
  'transfer',
  'unbind',
  'update',
  'upgrade',
  'verification',
  'withdraw',
] as const;

/** Such words that count only as a whole, since harmless words begin with them too. */
const CHANGING_WHOLE_WORDS: ReadonlySet<string> = new Set(['aff', 'oauth', 'pay', 'renew', 'health']);

/**
 * `GET /api/user/token` of New API makes a new access token and ends the old one; `GET /api/channel/test` asks every
 * model behind it, which costs.
 */
const CHANGING_PAGE = /(?<![\w-])(?:user\/token|channel\/test)(?![\w-])/;

/** More layers of %-escapes than this are on purpose. */
const MAX_ESCAPES = 5;

/**
 * What is wrong with the path of a request; undefined for one that may be asked. It has to stay on the gateway's own
 * origin, and must not be one that is known to change something: %-escapes, dots, slashes and case do not hide that.
 */
export function requestPathMistake(path: unknown): DescriptionMistake | undefined {
  if (typeof path !== 'string') return 'not-text';
  if (path.length > MAX_PATH_LENGTH) return 'too-long';
  // A backslash is a slash in a URL, and two slashes begin a host.
  if (/^\/[/\\]/.test(path)) return 'other-host';
  if (!/^\/[\x21-\x7e]*$/.test(path) || /[\\#<>"`{}|^]/.test(path)) return 'not-path';
  const plain = withoutEscapes(path)?.normalize('NFKC');
  if (plain === undefined) return 'not-path';
  const url = URL.parse(plain.replace(/[\\#]/g, '/'), 'https://described.invalid');
  if (url?.origin !== 'https://described.invalid') return 'other-host';
  return changesSomething(url) ? 'changes-something' : undefined;
}

/** The path without its %-escapes, however often they were escaped; undefined where they are broken, or have no end. */
function withoutEscapes(path: string): string | undefined {
  let plain = path;
  for (let layer = 0; layer < MAX_ESCAPES; layer++) {
    const decoded = decodedOnce(plain);
    if (decoded === undefined || decoded === plain) return decoded;
    plain = decoded;
  }
  return undefined;
}

function decodedOnce(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function changesSomething({ pathname, search }: URL): boolean {
  // Some servers leave out what follows a semicolon in a segment.
  const path = (decodedOnce(pathname) ?? pathname).replace(/;[^/]*/g, '').replace(/\/+/g, '/');
  const query = decodedOnce(search.replaceAll('+', ' ')) ?? search;
  // The address may have a path of its own, of which this is the rest.
  const isChangingPage = [path, `/user${path}`, query].some(text => CHANGING_PAGE.test(text.toLowerCase()));
  return isChangingPage || [...path.split('/'), ...query.split(/[?&=;/]/)].some(hasChangingWord);
}

/** Whether a segment has such a word: `delete`, `deleteKey`, `check_in`, `top-up`, `resetpassword`. */
function hasChangingWord(segment: string): boolean {
  const words = segment
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter(word => word !== '');
  const joined = words.map((word, index) => word + (words[index + 1] ?? ''));
  return (
    words.some(word => CHANGING_WHOLE_WORDS.has(word)) ||
    [...words, ...joined].some(word => CHANGING_WORDS.some(changing => word.startsWith(changing)))
  );
}
