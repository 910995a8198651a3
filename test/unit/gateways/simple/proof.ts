import type { Reading } from '../../../../src/core/quota/reading.ts';
import type { Status } from '../../../../src/core/quota/statusName.ts';
import type { ScriptedReply } from '../../../replay/scriptedServer.ts';
import type { SimpleKindName } from '../../../sampleGateways/simple/simpleKinds.ts';
import type { Row } from '../rows/row.ts';

/** What of a reading depends on the kind, as far as a row names it; the rest is as in the kind's `usual`. */
type Parts = Pick<
  Reading,
  | 'quota'
  | 'account'
  | 'accountKeys'
  | 'accountKeysMissing'
  | 'windows'
  | 'budget'
  | 'plan'
  | 'unreadable'
  | 'expiresAt'
  | 'unit'
>;

/** What a scenario of the sample gateway becomes. Worked out by hand. */
export interface Told extends Partial<Parts> {
  readonly status?: Status;
  /** What the status bar leads with. */
  readonly figure?: string | undefined;
}

/** What a person must read of one key, worked out from what the server's database held. */
interface CapturedKey {
  readonly status: Status;
  readonly figure?: string;
  /** Scope, name of what is limited, name of the window, and what is left. */
  readonly windows?: readonly string[];
  readonly expiresAt?: string | null;
  /** A word of the sentence, where there is no reading. */
  readonly advice?: RegExp;
}

interface CapturedKeys {
  /** A file in `test/fixtures/captures/`. */
  readonly server: string;
  /** What it says of a secret with which it was not asked. */
  readonly otherwise: ScriptedReply | ((path: string) => ScriptedReply);
  /** By the capture that has the secret. */
  readonly keys: Readonly<Record<string, CapturedKey>>;
}

/** What has to hold for a kind whose keys are told everything by one call. */
export interface SimpleProof {
  readonly kind: SimpleKindName;
  /** What its keys are; API keys when absent. */
  readonly credential?: 'managementKey' | 'accessToken';
  /** Where it stands. A kind with several has no address that is taken by itself. */
  readonly origins: readonly string[];
  /** The public pages that are asked until it is recognized on any other host, where it is. */
  readonly recognizedBy?: readonly string[];
  readonly rows: readonly Row[];
  /** What the tree has of the key "alice" of `fixture.ts`. */
  readonly shown: {
    readonly figure?: string;
    readonly lines: Readonly<Record<string, string>>;
    readonly without?: readonly string[];
    /** The keys of a list, and what stands beside each. */
    readonly keys?: Readonly<Record<string, string>>;
  };
  /** The key `ok`. */
  readonly usual: Told;
  /** What is another in other scenarios. */
  readonly told: Readonly<Record<string, Told>>;
  /** Scenarios in which the kind says that there is no limit. */
  readonly unlimited?: readonly string[];
  /** The same for keys with which a real server was asked. */
  readonly captured?: CapturedKeys;
  /** What a wrong key is taken for, where that is not `refused-key`. */
  readonly refusesAs?: string;
  /** Why a scenario has no reading, what that makes of the key, and a word of the sentence. */
  readonly refused: Readonly<Record<string, readonly [reason: string, Status, RegExp]>>;
}

/** Why there is no reading in trouble that is the same for all kinds. */
export const TROUBLES: SimpleProof['refused'] = {
  'foreign-401': ['unknown-refusal', 'ok', /not in the way this kind of gateway/],
  'foreign-403': ['unknown-refusal', 'ok', /not in the way this kind of gateway/],
  'limited-429': ['too-many-requests', 'ok', /is limiting requests/],
  'down-500': ['server-error', 'ok', /Retrying automatically/],
  'nothing-inside': ['missing-figures', 'ok', /without the figures/],
  'data-text': ['missing-figures', 'ok', /without the figures/],
  'html-200': ['html', 'ok', /a web page instead of figures/],
};
