import { setDisplayLanguage } from './displayLanguage.ts';
import { setDisplayZone } from './zone.ts';

/** What the host sends first to every page: the display language, its translations and the display zone. */
export interface LanguageMessage {
  readonly type: 'speak';
  /** BCP 47. */
  readonly language: string;
  /** The host's zone. The page's browser may have another one, but shows, parses and sums up times as the host does. */
  readonly timeZone: string;
  /** Translations by the English message; what is missing stays English. */
  readonly messages: Readonly<Record<string, string>>;
}

/** Whether a message of the host sets language and zone. */
export function isLanguageMessage(message: unknown): message is LanguageMessage {
  return typeof message === 'object' && message !== null && 'type' in message && message.type === 'speak';
}

/** Sets the language of all texts of a page and the zone of all its times. */
export function applyLanguage({ language, timeZone, messages }: LanguageMessage): void {
  setDisplayZone(timeZone);
  setDisplayLanguage(language, messages);
}
