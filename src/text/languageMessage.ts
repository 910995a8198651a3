import { setDisplayLanguage } from './displayLanguage.ts';
import { showIn } from './zone.ts';

/** The host's first word to every page: the display language and its messages, and the display zone. */
export interface LanguageMessage {
  readonly type: 'speak';
  /** BCP 47. */
  readonly language: string;
  /** The host's zone: the page may be in another one, and shows, reads and adds times as the host does. */
  readonly timeZone: string;
  /** Translations by the English message; what is missing stays English. */
  readonly messages: Readonly<Record<string, string>>;
}

export function isLanguageMessage(message: unknown): message is LanguageMessage {
  return typeof message === 'object' && message !== null && 'type' in message && message.type === 'speak';
}

/** Makes all texts of the page speak the display language, and all its times be in the display zone. */
export function languageMessageOf({ language, timeZone, messages }: LanguageMessage): void {
  showIn(timeZone);
  setDisplayLanguage(language, messages);
}
