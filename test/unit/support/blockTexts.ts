import type { Block } from '../../../src/text/document/block.ts';
import { documentMarkdown } from '../../../src/text/document/documentMarkdown.ts';

/** Each block of a document as Markdown. */
export function blockTexts(blocks: readonly Block[]): string[] {
  return blocks.map(block => documentMarkdown([block]).trimEnd());
}
