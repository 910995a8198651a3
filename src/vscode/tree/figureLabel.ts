import { isolatedName } from '../../text/isolatedName.ts';

/**
 * What VS Code shows of a line first. The figure leads, since a narrow view cuts a line at its end. The name stands in the
 * label too: VS Code finds by labels alone what people type.
 */
export function figureLabel(figure: string | undefined, name: string): string {
  return figure === undefined ? name : `${figure} · ${isolatedName(name)}`;
}
