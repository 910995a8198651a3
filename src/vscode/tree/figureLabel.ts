import { isolatedName } from '../../text/isolatedName.ts';

/**
 * The label of a line, which VS Code shows first. The figure leads, since a narrow view cuts a line at its end. The
 * name is in the label too, since VS Code's search looks only at labels.
 */
export function figureLabel(figure: string | undefined, name: string): string {
  return figure === undefined ? name : `${figure} · ${isolatedName(name)}`;
}
