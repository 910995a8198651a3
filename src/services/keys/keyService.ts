import { randomUUID } from 'node:crypto';
import * as l10n from '@vscode/l10n';
import { fingerprintOf } from '../../core/input/secretText.ts';
import type { Clock } from '../../core/ports/clock.ts';
import { NotSavedError } from '../../core/ports/notSavedError.ts';
import type { Secrets, StoredSecret } from '../../core/ports/secrets.ts';
import type { Store } from '../../core/ports/store.ts';
import type { CredentialType, KeyRecord } from '../../core/quota/key.ts';
import { HOUR_MS, MINUTE_MS } from '../../core/time.ts';
import { credentialSpecOf, type Gateway } from '../../gateways/gateway.ts';
import { gatewayOf } from '../../gateways/registry.ts';
import { toUserError } from '../databaseErrors.ts';
import { NoAnswerError } from '../deadline.ts';
import { checkKey, type Outcome } from '../polling/check.ts';
import { isMistaken } from '../requests/mistakenReadings.ts';
import type { RequestParts } from '../requests/requestParts.ts';
import { recognizeOrigin } from './recognizeOrigin.ts';

/** A key as a person enters it. Origin and secret are parsed already. */
export interface KeyDraft {
  readonly label: string;
  readonly kind: string;
  readonly origin: string;
  readonly credential: CredentialType;
  readonly userId?: string;
  readonly secret: string;
}

export interface KeyServiceParts extends RequestParts {
  readonly store: Store;
  readonly secrets: Secrets;
  readonly clock: Clock;
  /** Called after every change, so that all views see it. */
  readonly onChange: () => Promise<void>;
}

/**
 * Adds, changes and removes keys. After each method the change is on the disk, or an error says why not. Secrets are
 * written and removed before their records: a crash in between leaves a key that says that its secret is missing, or a
 * secret that the next start finds (`orphanedSecretService.ts`).
 */
export class KeyService {
  readonly #parts: KeyServiceParts;

  constructor(parts: KeyServiceParts) {
    this.#parts = parts;
  }

  findById(id: string): KeyRecord | undefined {
    return this.#parts.store.keys.findKey(id);
  }

  /** All keys by their ids: one read, for whoever looks up more than one. */
  keysById(): ReadonlyMap<string, KeyRecord> {
    return new Map(this.#parts.store.keys.allKeys().map(key => [key.id, key]));
  }

  /** The key that already holds this secret for this origin. */
  duplicateOf({ origin, secret }: Pick<KeyDraft, 'origin' | 'secret'>): KeyRecord | undefined {
    const fingerprint = fingerprintOf(origin, secret);
    return this.#parts.store.keys.allKeys().find(key => key.fingerprint === fingerprint);
  }

  /** Asks the gateway about a key before it is saved. */
  async checkDraft(draft: KeyDraft, signal?: AbortSignal): Promise<Outcome> {
    const gateway = gatewayOf(draft.kind);
    if (!gateway) return { failure: { class: 'not-supported', reason: 'unknown-kind' } };
    this.#parts.redactor.protect(draft.secret, draft.origin);
    let hasWithdrawn = false;
    const onWithdrawn = () => {
      hasWithdrawn = true;
    };
    const outcome = await checkKey(this.#parts, gateway, draft, { signal, isManual: true, onWithdrawn });
    if (hasWithdrawn) await this.#parts.onChange();
    return outcome;
  }

  /** Recognizes the kind of gateway at an origin. @throws GatewayError when nobody answers there. */
  recognise(origin: string): Promise<Gateway | undefined> {
    return recognizeOrigin(this.#parts, origin);
  }

  /** Whether a key of this credential type exists. */
  hasCredential(credential: CredentialType): boolean {
    return this.#parts.store.keys.allKeys().some(key => key.credential === credential);
  }

  /** Saves a key and returns its id. `outcome` is the result of `checkDraft`, so that the key is not checked twice. */
  async add(draft: KeyDraft, outcome?: Outcome): Promise<string> {
    const { store, secrets, clock, onChange } = this.#parts;
    const { secret, ...visible } = draft;
    this.#parts.redactor.protect(secret, draft.origin);
    this.#refuseSecretIn(draft.label);
    this.#refuseSecretIn(draft.origin);
    const id = randomUUID();
    const now = clock.now();
    await this.#assertWritable();
    await this.#writeSecret(id, entryOf(draft, secret));
    const record = () => {
      const believed = outcome && isMistaken(store, draft, outcome, now) ? undefined : outcome;
      store.keys.addKey({
        ...visible,
        id,
        fingerprint: fingerprintOf(draft.origin, secret),
        pinned: false,
        createdAt: now,
      });
      store.states.saveState({
        keyId: id,
        ...believed,
        checkedAt: believed ? now : undefined,
        failures: believed?.failure ? 1 : 0,
        dueAt: believed?.reading ? now + FIRST_CHECK_AFTER_MS : now,
      });
      if (!believed) this.#askFor(id, draft, now);
    };
    // A new file in place of a damaged one will do.
    const inAnyFile = () => retryInNewFile(() => store.transactionOnDisk(record));
    await this.#writeRecordBy(inAnyFile, () => secrets.remove(id));
    await onChange();
    return id;
  }

  /** Lets the next check of a key be one that a person asked for, with all calls that are left to people. */
  #askFor(
    keyId: string,
    { kind, origin, credential }: Pick<KeyRecord, 'kind' | 'origin' | 'credential'>,
    now: number,
  ): void {
    const gateway = gatewayOf(kind);
    const limiter = gateway && credentialSpecOf(gateway, credential)?.readLimiter;
    if (!limiter) return;
    const call = { origin, limiter, keyId, purpose: 'check' } as const;
    this.#parts.store.waiting.saveWaiting(call, now, now + FIRST_CHECK_PATIENCE_MS);
  }

  async rename(key: KeyRecord, label: string): Promise<void> {
    const { store, secrets, onChange, log } = this.#parts;
    this.#refuseSecretIn(label);
    await this.#writeRecord(() => store.keys.renameKey(key.id, label));
    const entry = await secrets.read(key.id);
    if (typeof entry === 'object') {
      // This copy is read only after the database was lost, so its failure is no reason to fail.
      await secrets
        .write(key.id, { ...entry, label })
        .catch(() => log.warn('A new name was not kept twice.'));
    }
    await onChange();
  }

  /** Replaces the secret and checks the key at once, which ends a pause of its checks. A running check of the old secret is dropped. */
  async replaceSecret(key: KeyRecord, secret: string): Promise<void> {
    const { store, secrets, clock, onChange } = this.#parts;
    await this.#assertWritable();
    const before = await secrets.read(key.id);
    await this.#writeSecret(key.id, entryOf(key, secret));
    const record = () => {
      store.keys.setFingerprint(key.id, fingerprintOf(key.origin, secret));
      store.keys.setPaused(key.id, undefined);
      store.claims.endClaim(key.id);
      store.states.askThemselves(key.id, clock.now());
      store.states.saveState({ keyId: key.id, failures: 0, dueAt: clock.now() });
      this.#askFor(key.id, key, clock.now());
    };
    await this.#writeRecord(record, async () => {
      if (typeof before === 'object') await secrets.write(key.id, before);
    });
    await onChange();
  }

  /** Stores a key's secret again if this machine has lost it; otherwise does nothing. */
  async restoreSecret(key: KeyRecord, secret: string): Promise<void> {
    if (typeof (await this.#parts.secrets.read(key.id)) !== 'object') await this.replaceSecret(key, secret);
  }

  /** Whether the secret may stand in the URL of a question for its log already. */
  async mayStandInUrl(key: KeyRecord): Promise<boolean> {
    const entry = await this.#parts.secrets.read(key.id);
    return typeof entry === 'object' && entry.mayStandInUrl === true;
  }

  /** Keeps the user's yes to that beside the secret, with which it goes. */
  async letStandInUrl(key: KeyRecord): Promise<void> {
    const entry = await this.#parts.secrets.read(key.id);
    if (typeof entry === 'object') await this.#writeSecret(key.id, { ...entry, mayStandInUrl: true });
  }

  async pin(key: KeyRecord, pinned: boolean): Promise<void> {
    const { store, onChange } = this.#parts;
    await this.#writeRecord(() => store.keys.pinKey(key.id, pinned));
    await onChange();
  }

  /** Pauses the checks of a key. A check that is under way sends nothing more, and its answer is dropped. */
  async pause(key: KeyRecord): Promise<void> {
    const { store, clock, onChange } = this.#parts;
    await this.#writeRecord(() => {
      store.keys.setPaused(key.id, clock.now());
      store.claims.endClaim(key.id);
      store.states.askThemselves(key.id, clock.now());
    });
    await onChange();
  }

  /** Resumes the checks of a key: it is due at once. */
  async resume(key: KeyRecord): Promise<void> {
    const { store, clock, onChange } = this.#parts;
    await this.#writeRecord(() => {
      store.keys.setPaused(key.id, undefined);
      store.states.setDue(key.id, clock.now());
      this.#askFor(key.id, key, clock.now());
    });
    await onChange();
  }

  /** Has a key asked itself, at once and from now on, though an account lists it. */
  async separate(key: KeyRecord): Promise<void> {
    const { store, clock, onChange } = this.#parts;
    await this.#writeRecord(() => {
      store.accountLinks.setSeparated(key.id, clock.now());
      const state = store.states.stateOf(key.id);
      if (state?.readFrom === undefined) return;
      store.states.saveState({ ...state, readFrom: undefined, dueAt: clock.now() });
    });
    await onChange();
  }

  /** Ends that: the key is read from its account again, which is due at once. */
  async readFromAccount(key: KeyRecord): Promise<void> {
    const { store, clock, onChange } = this.#parts;
    await this.#writeRecord(() => {
      const link = store.accountLinks.linkOf(key.id);
      if (link?.separatedAt === undefined) return;
      store.accountLinks.setSeparated(key.id, undefined);
      store.states.setDue(link.accountId, clock.now());
    });
    await onChange();
  }

  async remove(key: KeyRecord): Promise<void> {
    const { store, secrets, clock, onChange } = this.#parts;
    await this.#assertWritable();
    try {
      await secrets.remove(key.id);
    } catch (error) {
      throw new Error(
        error instanceof NoAnswerError
          ? l10n.t(
              'VS Code’s secret storage does not answer, so the key “{0}” is kept. Unlock the system’s key ring or reload the window, and try again.',
              key.label,
            )
          : l10n.t(
              'The secret of “{0}” could not be deleted from VS Code’s secret storage, so the key is kept. Unlock the system’s key ring and try again.',
              key.label,
            ),
      );
    }
    await this.#writeRecord(() => {
      store.states.askThemselves(key.id, clock.now());
      store.keys.removeKey(key.id);
    });
    await onChange();
  }

  /** Checks that records can be written, before a secret is changed. */
  async #assertWritable(): Promise<void> {
    const { store, clock } = this.#parts;
    await this.#writeRecord(() => store.writeProbe.probeWrite(clock.now()));
  }

  /** Writes records to the disk. On failure runs `undo` for what was done before, and throws a sentence that says why. */
  #writeRecord(work: () => void, undo?: () => Promise<void>): Promise<void> {
    return this.#writeRecordBy(() => this.#parts.store.transactionOnDisk(work), undo);
  }

  async #writeRecordBy(write: () => void, undo: () => Promise<void> = async () => undefined): Promise<void> {
    const { store, log } = this.#parts;
    try {
      await store.retryWhileLocked(write);
    } catch (error) {
      await undo().catch(() => log.warn('A secret was left without its key; the next start will find it.'));
      throw toUserError(error);
    }
  }

  /** Writes a secret. @throws Error with a sentence when SecretStorage refuses it or does not answer. */
  async #writeSecret(id: string, entry: StoredSecret): Promise<void> {
    try {
      await this.#parts.secrets.write(id, entry);
    } catch (error) {
      throw new Error(
        error instanceof NoAnswerError
          ? l10n.t(
              'VS Code’s secret storage does not answer, so nothing was saved of “{0}”. Unlock the system’s key ring or reload the window, and try again.',
              entry.label,
            )
          : l10n.t(
              'VS Code’s secret storage did not take the secret of “{0}”, so nothing was saved. Unlock the system’s key ring and try again.',
              entry.label,
            ),
      );
    }
  }

  /** Refuses a label or address that holds a secret. */
  #refuseSecretIn(text: string): void {
    if (this.#parts.redactor.redact(text) !== text)
      throw new Error(l10n.t('The name and the address of a key must not hold the key itself.'));
  }
}

/** Writes again when the damaged file was set aside at the first try. */
function retryInNewFile(write: () => void): void {
  try {
    write();
  } catch (error) {
    if (!(error instanceof NotSavedError) || error.reason !== 'damaged') throw error;
    write();
  }
}

function entryOf(
  { kind, label, origin, credential, userId }: Omit<KeyDraft, 'secret'>,
  secret: string,
): StoredSecret {
  return { secret, origin, credential, userId, kind, label };
}

/** How long the next check of a key that a person changed counts as one that they asked for. */
const FIRST_CHECK_PATIENCE_MS = HOUR_MS;
/** A key that was checked while it was added is checked again after this time. */
const FIRST_CHECK_AFTER_MS = 2 * MINUTE_MS;
