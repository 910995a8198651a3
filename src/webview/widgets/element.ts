type Attribute = string | number | boolean | undefined;

/** Attributes that could run or load something have no place in a page that shows text from outside. */
const FORBIDDEN = /^(on|style$|src|href|action|formaction)/i;

/** Makes an element. Texts become text nodes and are never read as markup; `true` is a bare attribute. */
export function createElement<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, Attribute>> = {},
  ...children: readonly (Node | string | undefined)[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) setAttribute(element, name, value);
  element.append(...children.filter(child => child !== undefined));
  return element;
}

/** Sets or removes one attribute. */
export function setAttribute(element: Element, name: string, value: Attribute): void {
  if (FORBIDDEN.test(name)) throw new Error(`${name} is not for pages`);
  if (value === undefined || value === false) element.removeAttribute(name);
  else element.setAttribute(name, value === true ? '' : String(value));
}

/** A name from outside: kept apart from the text around it, whatever its direction of writing. */
export function nameOf(text: string): HTMLElement {
  return createElement('bdi', { class: 'name', title: text }, text);
}
