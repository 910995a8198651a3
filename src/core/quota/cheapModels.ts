/** What the names of small models hold, and those of models that do not chat. */
const SMALL = /\b(?:nano|mini|flash|lite|haiku|small|tiny|air|turbo|free|[1-9]b)\b/i;
const SMALLEST = /\b(?:nano|lite|tiny|[1-4]b|free)\b/i;
const NO_CHAT =
  /embed|rerank|image|dall-e|whisper|tts|audio|realtime|moderation|video|sora|veo|flux|midjourney|\bmj|suno/i;

/** Names of models, those first that look cheapest by their names; those last that do not look as if they could chat. */
export function byLooksOfPrice(names: readonly string[]): readonly string[] {
  const rank = (name: string) =>
    NO_CHAT.test(name) ? 3 : SMALLEST.test(name) ? 0 : SMALL.test(name) ? 1 : 2;
  return [...new Set(names)].toSorted((a, b) => rank(a) - rank(b) || a.localeCompare(b));
}
