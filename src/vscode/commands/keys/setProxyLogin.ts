import * as l10n from '@vscode/l10n';
import { membersOf } from '../../../core/membersOf.ts';
import { type ProxyLogin, parseProxy } from '../../../http/proxy.ts';
import { askText, pickOne } from '../../host/forms.ts';
import { showInformation } from '../../host/messages.ts';
import { shownItem } from '../../host/shownItem.ts';
import { anyValue } from '../argumentSchema.ts';
import type { Command } from '../command.ts';
import type { CommandParts } from '../commandParts.ts';

/**
 * `keyQuota.setProxyLogin`: what to sign in with at a proxy that a gateway has of its own. By argument
 * `{ proxy, user, password }` without asking; an empty `user` forgets the login.
 */
export const setProxyLogin: Command = {
  palette: 'always',
  argument: { members: { proxy: anyValue, user: anyValue, password: anyValue }, requiresOneOf: ['proxy'] },
  run: async (parts, argument) => {
    const members = membersOf(argument);
    const given = 'proxy' in members;
    const address = given ? proxyAddressFrom(members.proxy) : await pickProxy(parts);
    if (address === undefined) return;
    const login = given ? loginFrom(members) : await askLogin(address);
    if (!login) return;
    if (login.user === '') await parts.proxyLogins.remove(address);
    else await parts.proxyLogins.write(address, login);
    const origins = originsThroughProxy(parts, address);
    await parts.monitor.refresh(
      parts.monitor.snapshot.filter(({ origin }) => origins.has(origin)).map(({ id }) => id),
    );
  },
};

function proxyAddressFrom(proxy: unknown): string {
  const choice = parseProxy(proxy);
  if ('address' in choice) return choice.address;
  throw new Error(l10n.t('“proxy” has to be the address of a proxy, without user name and password.'));
}

function loginFrom({ user, password = '' }: Readonly<Record<string, unknown>>): ProxyLogin {
  if (typeof user === 'string' && typeof password === 'string') return { user, password };
  throw new Error(l10n.t('“user” and “password” have to be texts.'));
}

/** The gateways whose requests take this proxy. */
function originsThroughProxy({ settings }: CommandParts, address: string): ReadonlySet<string> {
  const origins = [...settings().gateways].filter(([, { proxy }]) => {
    const choice = parseProxy(proxy);
    return 'address' in choice && choice.address === address;
  });
  return new Set(origins.map(([origin]) => origin));
}

async function pickProxy({ settings }: CommandParts): Promise<string | undefined> {
  const choices = [...settings().gateways.values()].map(({ proxy }) => parseProxy(proxy));
  const addresses = [...new Set(choices.flatMap(choice => ('address' in choice ? [choice.address] : [])))];
  if (addresses.length === 0) {
    void showInformation(
      l10n.t(
        'No gateway has a proxy of its own. Set one in keyQuota.gateways; VS Code asks for the login of its own proxy by itself.',
      ),
    );
    return undefined;
  }
  const title = l10n.t('Set Proxy Login');
  if (addresses.length === 1) return addresses[0];
  const items = addresses.map(address => shownItem({ label: address, address }));
  return (await pickOne(items, { title }))?.address;
}

async function askLogin(address: string): Promise<ProxyLogin | undefined> {
  const title = l10n.t('Login at {0}', address);
  const user = await askText({
    title,
    prompt: l10n.t('The user name. Leave it empty to forget the login.'),
    ignoreFocusOut: true,
  });
  if (user === undefined) return undefined;
  if (user === '') return { user, password: '' };
  const password = await askText({
    title,
    password: true,
    prompt: l10n.t('The password. It is kept in VS Code’s secret storage and sent to this proxy alone.'),
    ignoreFocusOut: true,
  });
  return password === undefined ? undefined : { user, password };
}
