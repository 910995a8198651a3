import { isMembers, parseOwnJson } from '../../core/ownJson.ts';
import type { WebhookMessage } from '../../core/warnings/webhookMessage.ts';

/** What a service wants to be posted, and how it says no with HTTP 200. */
interface WebhookForm {
  readonly body: (message: WebhookMessage) => object;
  /** The member of the answer that is 0 where the message was taken. */
  readonly codeMember?: string;
}

/** `text` is what Slack, Mattermost, Google Chat and most relays take; automations read the other members. */
const GENERIC: WebhookForm = { body: message => message };
const FEISHU: WebhookForm = {
  body: ({ text }) => ({ msg_type: 'text', content: { text } }),
  codeMember: 'code',
};
const DING_TALK: WebhookForm = {
  body: ({ text }) => ({ msgtype: 'text', text: { content: text } }),
  codeMember: 'errcode',
};
const DISCORD: WebhookForm = {
  body: ({ text }) => ({ content: text, allowed_mentions: { parse: [] } }),
};

/** Services that take nothing but a form of their own, by host. WeCom's is that of DingTalk. */
const FORMS: Readonly<Record<string, WebhookForm>> = {
  'open.feishu.cn': FEISHU,
  'open.larksuite.com': FEISHU,
  'oapi.dingtalk.com': DING_TALK,
  'api.dingtalk.com': DING_TALK,
  'qyapi.weixin.qq.com': DING_TALK,
  'discord.com': DISCORD,
  'discordapp.com': DISCORD,
};

/** The body of a message, as JSON in the form that the address takes. */
export function webhookBody(address: URL, message: WebhookMessage): string {
  return JSON.stringify(formOf(address).body({ ...message, text: withoutMentions(message.text) }));
}

/** Whether a service said in its answer that it did not take the message, though by HTTP 200. */
export function isRefusedInBody(address: URL, text: string | undefined): boolean {
  const { codeMember } = formOf(address);
  if (codeMember === undefined) return false;
  const code = parseOwnJson(text, isMembers)?.[codeMember];
  return typeof code === 'number' && code !== 0;
}

/** Discord takes the form of Slack at an address that ends with `/slack`. */
function formOf({ hostname, pathname }: URL): WebhookForm {
  const form = FORMS[hostname] ?? GENERIC;
  return form === DISCORD && pathname.endsWith('/slack') ? GENERIC : form;
}

/** A name must neither call people (`@everyone`, `<!channel>`) nor make links. */
function withoutMentions(text: string): string {
  return text.replaceAll('@', '＠').replaceAll('<', '‹').replaceAll('>', '›');
}
