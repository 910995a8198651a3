import { setDisplayLanguage } from './displayLanguage.ts';
import { setFiguresHidden } from './hiddenFigures.ts';
import { type PackedTexts, unpackTexts } from './packedTexts.ts';
import { setDisplayZone } from './zone.ts';

/** What the host sends first to every page: the display language, its translations and the display zone. */
export interface LanguageMessage {
  readonly type: 'speak';
  /** BCP 47. */
  readonly language: string;
  /** The host's zone. The page's browser may have another one, but shows, parses and sums up times as the host does. */
  readonly timeZone: string;
  /** See `areFiguresHidden`. */
  readonly figuresHidden: boolean;
  /** What is missing stays English. */
  readonly translations: PackedTexts | undefined;
}

/** Whether a message of the host sets language and zone. */
export function isLanguageMessage(message: unknown): message is LanguageMessage {
  return typeof message === 'object' && message !== null && 'type' in message && message.type === 'speak';
}

/** Sets the language of all texts of a page and the zone of all its times. */
export function applyLanguage({ language, timeZone, figuresHidden, translations }: LanguageMessage): void {
  setFiguresHidden(figuresHidden);
  setDisplayZone(timeZone);
  setDisplayLanguage(language, unpackTexts(translations));
}
