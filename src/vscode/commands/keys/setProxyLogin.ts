import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import { type ProxyLogin, parseProxy } from '../../../http/parseProxy.ts';
import { askText, pickOne } from '../../host/forms.ts';
import { showInformation, showWarning } from '../../host/messages.ts';
import { shownItem } from '../../host/shownItem.ts';
import { booleanMember, type Members, withErrorText } from '../argumentSchema.ts';
import { defineCommand } from '../command.ts';
import type { CommandParts } from '../commandParts.ts';

/** The address of a proxy, in the form in which requests use it. */
const proxyMember = withErrorText(
  v.pipe(v.optional(v.string()), v.transform(proxyAddressOf), v.string()),
  () => l10n.t('“proxy” must be the address of a proxy, without user name and password.'),
);
const loginMember = withErrorText(v.string(), loginRequired);
const loginMembers = { user: loginMember, password: loginMember };

/**
 * `keyQuota.setProxyLogin`: the login at a proxy that is set for a gateway. With `{ proxy, user, password, confirmed: true }`
 * it does not ask; an empty `user` deletes the login.
 */
export const setProxyLogin = defineCommand({
  palette: 'always',
  argument: {
    members: { proxy: proxyMember, ...loginMembers, confirmed: booleanMember },
    requiresOneOf: ['proxy'],
  },
  run: async (parts, { members, isObject }) => {
    const address = isObject ? members.proxy : await pickProxy(parts);
    if (address === undefined) return;
    const login = isObject ? loginFrom(members) : await askLogin(address);
    if (!login) return;
    if (isObject && members.confirmed !== true && !(await isLoginConfirmed(address, login))) return;
    if (login.user === '') await parts.proxyLogins.remove(address);
    else await parts.proxyLogins.write(address, login);
    const origins = originsThroughProxy(parts, address);
    await parts.monitor.refresh(
      parts.monitor.snapshot.filter(({ origin }) => origins.has(origin)).map(({ id }) => id),
    );
  },
});

/** A login that was typed into the form needs no confirmation; one that came by argument does. */
async function isLoginConfirmed(address: string, { user }: ProxyLogin): Promise<boolean> {
  const isForgotten = user === '';
  const yes = isForgotten ? l10n.t('Forget') : l10n.t('Set Login');
  const choice = await showWarning(
    isForgotten
      ? l10n.t('Forget the login at the proxy {0}?', address)
      : l10n.t('Sign in at the proxy {0} as “{1}”?', address, user),
    { modal: true, detail: l10n.t('A login that is stored for it now is lost.') },
    yes,
  );
  return choice === yes;
}

function loginFrom({ user, password = '' }: Members<typeof loginMembers>): ProxyLogin {
  if (user === undefined) throw new Error(loginRequired());
  return { user, password };
}

/** The origins whose requests use this proxy. */
function originsThroughProxy({ settings }: CommandParts, address: string): ReadonlySet<string> {
  const origins = [...settings().gateways].filter(([, { proxy }]) => proxyAddressOf(proxy) === address);
  return new Set(origins.map(([origin]) => origin));
}

async function pickProxy({ settings }: CommandParts): Promise<string | undefined> {
  const gatewayProxies = [...settings().gateways.values()].map(({ proxy }) => proxyAddressOf(proxy));
  const addresses = [...new Set(gatewayProxies)].filter(address => address !== undefined);
  if (addresses.length === 0) {
    void showInformation(
      l10n.t(
        'No gateway has its own proxy. Set one in keyQuota.gateways; for its own proxy, VS Code asks for the login itself.',
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
    prompt: l10n.t('The password. It is kept in VS Code’s secret storage and sent only to this proxy.'),
    ignoreFocusOut: true,
  });
  return password === undefined ? undefined : { user, password };
}

/** undefined where the text is not the address of a proxy, or contains a user name. */
function proxyAddressOf(text: string | undefined): string | undefined {
  const choice = parseProxy(text);
  return 'address' in choice ? choice.address : undefined;
}

function loginRequired(): string {
  return l10n.t('“user” and “password” must be texts.');
}
