import { speak } from '../words/l10n.ts';

/** The host's first word to every page: the display language and its messages. */
export interface SpeakMessage {
  readonly type: 'speak';
  /** BCP 47. */
  readonly language: string;
  /** Translations by the English message; what is missing stays English. */
  readonly messages: Readonly<Record<string, string>>;
}

export function isSpeakMessage(message: unknown): message is SpeakMessage {
  return typeof message === 'object' && message !== null && 'type' in message && message.type === 'speak';
}

/** Makes all texts of the page speak the display language. */
export function speakAs({ language, messages }: SpeakMessage): void {
  const known = new Map(Object.entries(messages));
  speak(language, message => known.get(message) ?? message);
}
