import * as v from 'valibot';
import { CREDENTIAL_TYPES } from '../../core/quota/key.ts';
import { SCALES, UNIT_CODES, UNIT_OVERRIDES } from '../../core/quota/unit.ts';
import {
  LOW_AMOUNTS,
  LOW_PERCENT,
  MONTH_BEGINS,
  POLL_MINUTES,
  TIMEOUT_SECONDS,
} from '../../core/settingDefaults.ts';
import { LEAST_LIMIT } from '../../core/spendingLimits/spendingLimit.ts';
import { describedKind } from '../../gateways/described/described.ts';
import { gateways } from '../../gateways/registry.ts';
import {
  NOT_ACCOUNT,
  NOT_LIST,
  NOT_NUMBER,
  NOT_OBJECT,
  NOT_TEXT,
  oneOf,
  text,
  within,
} from './memberValues.ts';

/**
 * The file `key-quota.json`. Messages follow the name of a member, and never repeat its value: it may be a secret in the
 * wrong place. `deploy/key-quota.schema.json` is made from this.
 */

const tokenParts = {
  tokenFile: v.optional(text('A file with the token and nothing else, at least 32 characters.')),
  tokenEnv: v.optional(text('The variable of the environment that holds the token.')),
};

const MINUTES = [1, 1440] as const;
const KINDS = gateways.map(({ kind }) => kind);
const DESCRIBED_KIND = describedKind('');

/** The kind that is written in another way: `new-api`. */
function kindMeant(written: string): string {
  const plain = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, '');
  const meant = KINDS.find(kind => plain(kind) === plain(written));
  return meant === undefined ? '' : `Is “${meant}” meant? `;
}

const reader = v.strictObject(
  {
    name: text('What the log calls those who read with this token.'),
    ...tokenParts,
    keys: v.optional(
      v.pipe(
        v.array(text('The name of a key; * stands for any characters.'), NOT_LIST),
        v.minLength(1, 'This must name at least one key; "*" is all.'),
        v.description('The keys that they may see, by name. All where it is absent.'),
      ),
    ),
  },
  NOT_OBJECT,
);

const scraper = v.strictObject(
  { name: v.optional(text('What the log calls those who scrape with this token.')), ...tokenParts },
  NOT_OBJECT,
);

const gateway = v.strictObject(
  {
    pollMinutes: v.optional(
      within(...MINUTES, 'How often its keys are checked, as far as its limits allow.'),
    ),
    share: v.optional(
      v.pipe(
        within(1, 1000, 'How many machines ask from this address; learnt from refusals where it is absent.'),
        v.integer('This must be a whole number.'),
      ),
    ),
    unit: v.optional(oneOf(UNIT_OVERRIDES, 'The unit of its figures, where it says another.')),
    unitsPerDollar: v.optional(within(SCALES[0], SCALES[1], 'How many of its quota units are a dollar.')),
    proxy: v.optional(text('"direct", or a proxy: http://…, https://… or socks5://…, without a login.')),
    proxyLoginFile: v.optional(text('A file with user:password for the proxy.')),
    proxyLoginEnv: v.optional(text('The variable of the environment that holds them.')),
    caFile: v.optional(text('Certificates in PEM that are trusted for this gateway in place of all others.')),
    allowHttp: v.optional(
      v.pipe(
        v.boolean('This must be true or false.'),
        v.description('Plain http, which shows the key to the network; in networks of your own alone.'),
      ),
    ),
  },
  NOT_OBJECT,
);

const spendingLimit = v.strictObject(
  {
    amount: v.pipe(
      v.number(NOT_NUMBER),
      v.finite(NOT_NUMBER),
      v.minValue(LEAST_LIMIT, 'This must be more than 0.'),
      v.description('How much may be spent in the period.'),
    ),
    unit: oneOf(UNIT_CODES, 'What the amount is counted in.'),
    symbol: v.optional(text('The currency’s own sign, where the unit is CUSTOM.')),
  },
  NOT_OBJECT,
);

const key = v.strictObject(
  {
    name: v.pipe(text('What the key is called.'), v.maxLength(60, 'This must have at most 60 characters.')),
    kind: v.pipe(
      v.string(NOT_TEXT),
      v.regex(
        new RegExp(`^(?:(?:${KINDS.join('|')})|${DESCRIBED_KIND}.+)$`),
        ({ input }) =>
          `${kindMeant(input)}This must be one of: ${KINDS.join(', ')}; or ${DESCRIBED_KIND} with the name of a gateway under “describedGateways”.`,
      ),
      v.description('Which protocol its gateway speaks.'),
    ),
    baseUrl: text('Where its gateway stands: https://gateway.example'),
    credential: v.optional(
      oneOf(CREDENTIAL_TYPES, 'What sort of string the secret is; the kind’s usual one where it is absent.'),
    ),
    userId: v.optional(
      v.pipe(
        v.string(NOT_ACCOUNT),
        v.regex(/^\d{1,15}$/, NOT_ACCOUNT),
        v.description('The account’s number, which old New API versions want beside an access token.'),
      ),
    ),
    secretFile: v.optional(text('A file with the secret and nothing else.')),
    secretEnv: v.optional(text('The variable of the environment that holds the secret.')),
    spendingLimits: v.optional(
      v.pipe(
        v.strictObject(
          {
            day: v.optional(spendingLimit),
            week: v.optional(spendingLimit),
            month: v.optional(spendingLimit),
          },
          NOT_OBJECT,
        ),
        v.description(
          'Your own caps on what the key spends. Nothing is stopped by them; they can be alerted on.',
        ),
      ),
    ),
  },
  NOT_OBJECT,
);

export const configurationSchema = v.strictObject(
  {
    $schema: v.optional(text('Where the JSON Schema of this file is, for editors.')),
    listen: v.optional(
      text('Address and port; another address than this machine’s own needs --behind-tls.'),
      '127.0.0.1:9633',
    ),
    data: text('The folder of the database, on a disk of this machine.'),
    readers: v.optional(
      v.pipe(v.array(reader, NOT_LIST), v.description('Who may read /v1/keys, and which keys.')),
      [],
    ),
    scrapers: v.optional(v.pipe(v.array(scraper, NOT_LIST), v.description('Who may scrape /metrics.')), []),
    saltFile: v.optional(
      text('A file with at least 32 random characters; made in the data folder where it is absent.'),
    ),
    saltEnv: v.optional(text('The variable of the environment that holds them.')),
    names: v.optional(
      v.pipe(
        v.boolean('This must be true or false.'),
        v.description('Whether metrics name keys by the names of this file.'),
      ),
      true,
    ),
    budget: v.optional(
      oneOf(
        ['half', 'whole'],
        '“half” of what a gateway allows an address; “whole” where nobody else asks, or signs in, from this one.',
      ),
      'half',
    ),
    pollMinutes: v.optional(
      within(...MINUTES, 'How often each key is checked, as far as limits allow.'),
      POLL_MINUTES,
    ),
    timeoutSeconds: v.optional(within(1, 120, 'How long a gateway may take to answer.'), TIMEOUT_SECONDS),
    lowPercent: v.optional(within(0, 100, 'At which per cent of its total a key is low.'), LOW_PERCENT),
    lowAmounts: v.optional(
      v.pipe(
        v.record(
          oneOf(UNIT_CODES, 'A unit.'),
          v.pipe(v.number(NOT_NUMBER), v.finite(NOT_NUMBER), v.minValue(0, 'This must be 0 or more.')),
          NOT_OBJECT,
        ),
        v.description('At which amount a key is low, by unit, where its total is not known.'),
      ),
      LOW_AMOUNTS,
    ),
    monthBegins: v.optional(
      v.pipe(
        within(1, 28, 'The day on which a month of spend begins, in the time zone of the server.'),
        v.integer('This must be a whole number.'),
      ),
      MONTH_BEGINS,
    ),
    gateways: v.optional(
      v.pipe(
        v.record(v.string(), gateway, NOT_OBJECT),
        v.description('What holds for one gateway, by its address.'),
      ),
      {},
    ),
    describedGateways: v.optional(
      v.pipe(
        v.record(v.string(), v.record(v.string(), v.unknown(), NOT_OBJECT), NOT_OBJECT),
        v.description('Gateways that are not built in, as in the setting keyQuota.describedGateways.'),
      ),
      {},
    ),
    keys: v.pipe(
      v.array(key, NOT_LIST),
      v.minLength(1, 'This must have at least one key in it.'),
      v.description('The keys that are watched.'),
    ),
  },
  NOT_OBJECT,
);

/** The file as it was written; members that are left out are absent. */
export type ConfigurationFile = v.InferOutput<typeof configurationSchema>;
