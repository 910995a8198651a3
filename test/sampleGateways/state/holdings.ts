import { type Clock, seconds } from '../clock.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { accessTokenFor, managementKeyFor, secretFor } from '../secrets.ts';
import type { AccountFigures, AccountState } from './accountState.ts';
import { type KeyHoldings, type KeyState, ORDINARY_KEY } from './keyState.ts';
import { Ledger } from './ledger.ts';
import { LogBook } from './logBook.ts';
import { type Event, LOG_TYPES, type LogRow, type Spend } from './logRow.ts';

/** Everything a gateway knows: accounts, keys and log. Two origins may share one (CometAPI's query service). */
export class Holdings {
  readonly keys = new Map<string, KeyState>();
  readonly accounts = new Map<string, AccountState>();
  readonly log = new LogBook();
  readonly ledger = new Ledger();
  readonly clock: Clock;
  /** Secrets of no key here with which people try all the same. */
  readonly unknownSecrets = new Set<string>();
  readonly #bySecret = new Map<string, KeyState>();

  constructor(clock: Clock) {
    this.clock = clock;
  }

  addAccount(name: string, figures: AccountFigures = {}): AccountState {
    const account: AccountState = {
      id: this.accounts.size + 1,
      name,
      accessToken: accessTokenFor(name),
      managementKey: managementKeyFor(name),
      quota: 5_000_000,
      used: 0,
      requests: 0,
      banned: false,
      group: 'default',
      closedGroups: [],
      listsKeys: true,
      unlimitedAs: '999999999',
      ...figures,
    };
    this.accounts.set(name, account);
    return account;
  }

  /** Adds a key; its account is made when there is none of that name. */
  addKey(handle: string, scenario: Scenario, options: { account?: string; prefix?: string } = {}): KeyState {
    const account = options.account ?? handle;
    const alone = !this.accounts.has(account);
    if (alone) this.addAccount(account, scenario.account);
    const key: KeyState = {
      ...ORDINARY_KEY,
      ...structuredClone(scenario.holds),
      id: this.keys.size + 1,
      handle,
      account,
      secret: secretFor(handle, options.prefix),
      scenario,
      reads: 0,
    };
    this.keys.set(handle, key);
    this.#bySecret.set(bareSecret(key.secret), key);
    if (alone) {
      scenario.beside?.forEach((holds, i) => {
        this.addKey(`${handle} beside ${i + 1}`, { holds }, { ...options, account });
      });
    }
    return key;
  }

  key(handle: string): KeyState {
    const key = this.keys.get(handle);
    if (!key) throw new Error(`the sample gateway has no key ${handle}`);
    return key;
  }

  account(name: string): AccountState {
    const account = this.accounts.get(name);
    if (!account) throw new Error(`the sample gateway has no account ${name}`);
    return account;
  }

  /** The key with this secret; New API takes keys with and without `sk-`. */
  keyBySecret(secret: string): KeyState | undefined {
    return this.#bySecret.get(bareSecret(secret));
  }

  /** A marked secret that people take for one of this gateway's. */
  unknownSecret(name: string): string {
    const secret = secretFor(name);
    this.unknownSecrets.add(secret);
    return secret;
  }

  accountByAccessToken(token: string): AccountState | undefined {
    return [...this.accounts.values()].find(account => account.accessToken === token);
  }

  accountByManagementKey(key: string): AccountState | undefined {
    return [...this.accounts.values()].find(account => account.managementKey === key);
  }

  keysOf(account: string): KeyState[] {
    return [...this.keys.values()].filter(key => key.account === account);
  }

  /** Uses a key: moves the key's and the wallet's figures and writes log and ledger, all by the same amount. */
  spend(handle: string, spend: Spend): LogRow {
    const key = this.key(handle);
    const account = this.account(key.account);
    const row = this.write(handle, { model: 'gpt-4.1', ...spend, type: LOG_TYPES.consume });
    this.#move(key, account, spend.quota);
    account.requests += 1;
    key.accessedAt = Math.max(key.accessedAt, row.at);
    this.ledger.entries.push(entryOf(row));
    return row;
  }

  /** Gives an amount back: what is used goes down and a row of type 6 appears. */
  refund(handle: string, spend: Spend): LogRow {
    const key = this.key(handle);
    const row = this.write(handle, { model: 'gpt-4.1', ...spend, type: LOG_TYPES.refund });
    this.#move(key, this.account(key.account), -spend.quota);
    this.ledger.refunds.push(entryOf(row));
    return row;
  }

  /** Writes a row into the log without moving any figure. */
  write(handle: string, event: Event): LogRow {
    const key = this.key(handle);
    return this.log.append({
      at: event.at ?? seconds(this.clock),
      type: event.type,
      account: key.account,
      key: handle,
      model: event.model ?? '',
      quota: event.quota,
      promptTokens: event.promptTokens ?? 0,
      completionTokens: event.completionTokens ?? 0,
      useTime: event.useTime ?? 1,
      stream: event.stream ?? false,
      group: event.group ?? key.group,
      ip: event.ip ?? '',
      content: event.content ?? '',
    });
  }

  // Gateways take the amount off unlimited keys too, which is why those drift below zero.
  #move(key: KeyHoldings, account: AccountState, quota: number): void {
    key.remain -= quota;
    key.used += quota;
    account.quota -= quota;
    account.used += quota;
  }
}

function bareSecret(secret: string): string {
  return secret.startsWith('sk-') ? secret.slice(3) : secret;
}

function entryOf(row: LogRow): Ledger['entries'][number] {
  return {
    key: row.key ?? '',
    account: row.account,
    model: row.model,
    at: row.at,
    quota: row.quota,
    tokens: row.promptTokens + row.completionTokens,
  };
}
