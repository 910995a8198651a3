import { randomUUID } from 'node:crypto';
import { fingerprintOf } from '../../core/input/secretText.ts';
import { lazyImport } from '../../core/lazyImport.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { Secrets } from '../../core/ports/secrets.ts';
import type { Store } from '../../core/ports/store.ts';
import type { CredentialType, KeyRecord } from '../../core/quota/key.ts';
import { serverIdOf } from '../../core/team/servedKey.ts';
import type { Gateway } from '../../gateways/gateway.ts';
import type { GatewayContext } from '../../gateways/gatewayContext.ts';
import type { Recognition } from '../../gateways/recognizeGateway.ts';
import { gatewayOf } from '../../gateways/registry.ts';
import type { KeysFile } from '../exporting/keysFile.ts';
import type { AccountCandidates } from '../importing/accountCandidates.ts';
import type { Candidate } from '../importing/candidate.ts';
import { checkKey, type Outcome } from '../polling/check.ts';
import { askGateway } from '../requests/askGateway.ts';
import { isMistaken } from '../requests/mistakenReadings.ts';
import type { RequestParts } from '../requests/requestParts.ts';
import { KeyChecks } from './keyChecks.ts';
import { type KeyDraft, secretEntryOf } from './keyDraft.ts';
import { recordNewKey, recordNewSecret } from './keyRecords.ts';
import { KeyWriter } from './keyWriter.ts';
import { recognizeBaseUrl } from './recognizeBaseUrl.ts';
import { refuseSecretIn, refuseSecretInNote } from './refuseSecretIn.ts';

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
  readonly #writer: KeyWriter;
  /** Pauses and resumes checks, and says which keys are read from their account. */
  readonly checks: KeyChecks;

  constructor(parts: KeyServiceParts) {
    this.#parts = parts;
    this.#writer = new KeyWriter(parts);
    this.checks = new KeyChecks(parts, this.#writer);
  }

  findById(id: string): KeyRecord | undefined {
    return this.#parts.store.keys.findKey(id);
  }

  /** All keys by their ids, in one query, for looking up more than one. */
  keysById(): ReadonlyMap<string, KeyRecord> {
    return new Map(this.#parts.store.keys.allKeys().map(key => [key.id, key]));
  }

  /** The key that already holds this secret for this base URL. */
  duplicateOf({ baseUrl, secret }: Pick<KeyDraft, 'baseUrl' | 'secret'>): KeyRecord | undefined {
    const fingerprint = fingerprintOf(baseUrl, secret);
    return this.#parts.store.keys.allKeys().find(key => key.fingerprint === fingerprint);
  }

  /** Asks the gateway about a key before it is saved. */
  async checkDraft(draft: KeyDraft, signal?: AbortSignal): Promise<Outcome> {
    const gateway = gatewayOf(draft.kind);
    if (!gateway) return { failure: { class: 'not-supported', reason: 'unknown-kind' } };
    this.#parts.redactor.protect(draft.secret, draft.baseUrl);
    let hasWithdrawn = false;
    const onWithdrawn = () => {
      hasWithdrawn = true;
    };
    const outcome = await checkKey(this.#parts, gateway, draft, { signal, isManual: true, onWithdrawn });
    if (hasWithdrawn) await this.#parts.onChange();
    return outcome;
  }

  /**
   * Puts a question with a key that is not saved to a gateway that may be on no list yet.
   * @throws GatewayError
   */
  askWithDraft<T>(
    gateway: Gateway,
    draft: KeyDraft,
    question: (context: GatewayContext) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    this.#parts.redactor.protect(draft.secret, draft.baseUrl);
    return askGateway(this.#parts, gateway, draft, question, { signal, isManual: true });
  }

  /** Recognizes the kind of gateway at a base URL. @throws GatewayError when nobody answers there. */
  recognize(baseUrl: string): Promise<Recognition | undefined> {
    return recognizeBaseUrl(this.#parts, baseUrl);
  }

  /** Whether a key of this credential type exists. */
  hasCredential(credential: CredentialType): boolean {
    return this.#parts.store.keys.allKeys().some(key => key.credential === credential);
  }

  /** Saves a key and returns its id. `outcome` is the result of `checkDraft`, so that the key is not checked twice. */
  async add(draft: KeyDraft, outcome?: Outcome): Promise<string> {
    const { store, secrets, clock, onChange } = this.#parts;
    const { secret, ...visible } = draft;
    this.#parts.redactor.protect(secret, draft.baseUrl);
    refuseSecretIn(this.#parts, draft.label);
    refuseSecretInNote(this.#parts, draft.note);
    refuseSecretIn(this.#parts, draft.baseUrl);
    const id = randomUUID();
    const now = clock.now();
    await this.#writer.assertWritable();
    await this.#writer.writeSecret(id, secretEntryOf(draft, secret));
    const record = () => {
      // A server's first check records its keys.
      const isBelieved = outcome && !outcome.served && !isMistaken(store, draft, outcome, now);
      const believed = isBelieved ? outcome : undefined;
      const key = {
        ...{ ...visible, id, fingerprint: fingerprintOf(draft.baseUrl, secret) },
        ...{ pinned: false, createdAt: now },
      };
      recordNewKey(store, key, believed, now);
    };
    await this.#writer.writeNewRecord(record, () => secrets.remove(id));
    await onChange();
    return id;
  }

  async rename(key: KeyRecord, label: string): Promise<void> {
    const { store, secrets, onChange, log } = this.#parts;
    refuseSecretIn(this.#parts, label);
    await this.#writer.writeRecord(() => store.keys.renameKey(key.id, label));
    const entry = await secrets.read(key.id);
    if (typeof entry === 'object') {
      // The label in the secret's entry is only read after the database was lost, so failing to save it is no error.
      await secrets
        .write(key.id, { ...entry, label })
        .catch(() => log.warn('The new label was not saved beside the secret.'));
    }
    await onChange();
  }

  /** Replaces the secret and checks the key at once, which ends a pause of its checks. A running check of the old secret is dropped. */
  async replaceSecret(key: KeyRecord, secret: string): Promise<void> {
    const { store, secrets, clock, onChange } = this.#parts;
    await this.#writer.assertWritable();
    const before = await secrets.read(key.id);
    await this.#writer.writeSecret(key.id, secretEntryOf(key, secret));
    const fingerprint = fingerprintOf(key.baseUrl, secret);
    const record = () => recordNewSecret(store, key, fingerprint, clock.now());
    await this.#writer.writeRecord(record, async () => {
      if (typeof before === 'object') await secrets.write(key.id, before);
    });
    await onChange();
  }

  /** Stores a key's secret again if this machine has lost it; otherwise does nothing. */
  async restoreSecret(key: KeyRecord, secret: string): Promise<void> {
    if (typeof (await this.#parts.secrets.read(key.id)) !== 'object') await this.replaceSecret(key, secret);
  }

  /** The keys as a file to be moved: see `keysFile`. With secrets only where `withSecrets`. */
  async exportKeys(keys: readonly KeyRecord[], withSecrets: boolean): Promise<KeysFile> {
    const { keysFile } = await lazyImport(() => import('../exporting/keysFile.ts'));
    return keysFile(keys, withSecrets ? id => this.#parts.secrets.read(id) : undefined);
  }

  /** The keys of an account as they can be added: see `accountCandidates`. @throws GatewayError */
  async accountCandidates(account: KeyRecord, signal: AbortSignal): Promise<AccountCandidates> {
    const { accountCandidates } = await lazyImport(() => import('../importing/accountCandidates.ts'));
    return accountCandidates(this.#parts, account, signal);
  }

  /** The same with the secrets that the gateway tells when asked: see `withToldSecrets`. @throws GatewayError */
  async withToldSecrets(
    account: KeyRecord,
    candidates: readonly Candidate[],
    signal: AbortSignal,
  ): Promise<readonly Candidate[]> {
    const { withToldSecrets } = await lazyImport(() => import('../importing/accountCandidates.ts'));
    return withToldSecrets(this.#parts, account, candidates, signal);
  }

  /** Whether the secret may stand in the URL of a question for its log already. */
  async mayStandInUrl(key: KeyRecord): Promise<boolean> {
    const entry = await this.#parts.secrets.read(key.id);
    return typeof entry === 'object' && entry.mayStandInUrl === true;
  }

  /** Saves the user's consent to that beside the secret; it is removed with the secret. */
  async letStandInUrl(key: KeyRecord): Promise<void> {
    const entry = await this.#parts.secrets.read(key.id);
    if (typeof entry === 'object') await this.#writer.writeSecret(key.id, { ...entry, mayStandInUrl: true });
  }

  async pin(key: KeyRecord, pinned: boolean): Promise<void> {
    const { store, onChange } = this.#parts;
    await this.#writer.writeRecord(() => store.keys.pinKey(key.id, pinned));
    await onChange();
  }

  /** Saves the note on a key; an empty text removes it. */
  async setNote(key: KeyRecord, note: string): Promise<void> {
    const { store, onChange } = this.#parts;
    refuseSecretInNote(this.#parts, note);
    await this.#writer.writeRecord(() => store.keys.setNote(key.id, note === '' ? undefined : note));
    await onChange();
  }

  /** Saves the user's own order of keys: the ids of all keys, in that order. */
  async setOrder(ids: readonly string[]): Promise<void> {
    const { store, onChange } = this.#parts;
    await this.#writer.writeRecord(() => store.keys.setOrder(ids));
    await onChange();
  }

  async remove(key: KeyRecord): Promise<void> {
    const { store, clock, onChange } = this.#parts;
    await this.#writer.assertWritable();
    await this.#writer.removeSecret(key);
    await this.#writer.writeRecord(() => {
      store.states.askThemselves(key.id, clock.now());
      store.keys.removeKey(key.id);
      for (const { id } of store.keys.allKeys()) if (serverIdOf(id) === key.id) store.keys.removeKey(id);
    });
    await onChange();
  }
}
