import { isMembers, parseOwnJson } from '../../core/ownJson.ts';
import type { WebhookMessage } from '../../core/warnings/webhookMessage.ts';

/** The body that a service wants, and how it refuses a message with HTTP 200. */
interface WebhookForm {
  readonly body: (message: WebhookMessage) => object;
  /** The member of the answer that is 0 where the message was taken. */
  readonly codeMember?: string;
}

/** `text` is what Mattermost, Rocket.Chat and most relays take; automations read the other members. */
const GENERIC: WebhookForm = { body: message => message };
/** Google Chat refuses members that it does not know, Slack's workflows variables that they do not have. */
const TEXT_ALONE: WebhookForm = { body: ({ text }) => ({ text }) };
const FEISHU: WebhookForm = {
  body: ({ text }) => ({ msg_type: 'text', content: { text } }),
  codeMember: 'code',
};
/** WeCom's as well, which takes 2,048 bytes of text. */
const DING_TALK: WebhookForm = {
  body: ({ text }) => ({ msgtype: 'text', text: { content: cut(text) } }),
  codeMember: 'errcode',
};
/** Takes 2,000 characters. */
const DISCORD: WebhookForm = {
  body: ({ text }) => ({ content: cut(text), allowed_mentions: { parse: [] } }),
};
/** Teams posts what stands in `attachments`, as cards alone; other flows at such addresses read the other members. */
const TEAMS: WebhookForm = {
  body: message => ({
    ...message,
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        content: {
          type: 'AdaptiveCard',
          version: '1.2',
          body: [{ type: 'TextBlock', text: message.text, wrap: true }],
        },
      },
    ],
  }),
};

/** Services that take nothing but a form of their own, by host. */
const FORMS: Readonly<Record<string, WebhookForm>> = {
  'hooks.slack.com': TEXT_ALONE,
  'chat.googleapis.com': TEXT_ALONE,
  'open.feishu.cn': FEISHU,
  'open.larksuite.com': FEISHU,
  'oapi.dingtalk.com': DING_TALK,
  'oapi.dingtalk.io': DING_TALK,
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

/** Hosts of Power Automate, which runs the workflows of Teams. */
const TEAMS_HOST = /\.(logic\.azure|api\.powerplatform)\.com$/;

/** Discord takes the form of Slack at an address that ends with `/slack`. */
function formOf({ hostname, pathname }: URL): WebhookForm {
  const form = FORMS[hostname] ?? (TEAMS_HOST.test(hostname) ? TEAMS : GENERIC);
  return form === DISCORD && pathname.endsWith('/slack') ? TEXT_ALONE : form;
}

/** A name must neither call people (`@everyone`, `<!channel>`) nor make links (`<url|text>`, `[text](url)`). */
function withoutMentions(text: string): string {
  return text.replaceAll('@', '＠').replaceAll('<', '‹').replaceAll('>', '›').replaceAll('](', '] (');
}

/** How many bytes of text are taken by each service that has a form of its own. */
const MAX_BYTES = 2000;
const MORE = '…';

/** The beginning of a text that is too long, without a half character. */
function cut(text: string): string {
  const bytes = new TextEncoder().encode(text);
  if (bytes.length <= MAX_BYTES) return text;
  const whole = bytes.subarray(0, MAX_BYTES - MORE.length * 3);
  return `${new TextDecoder().decode(whole, { stream: true })}${MORE}`;
}
