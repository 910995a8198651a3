/** The parts of what lit's `html` makes, and of what its directives are given. */
interface Template {
  readonly strings?: readonly string[];
  readonly values?: readonly unknown[];
}

/** What a template says: its texts without tags and attributes, white space as one space. */
export function templateText(template: unknown): string {
  return markup(template)
    .replace(/<[^>]*>/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** The listeners in a template, in their order. */
export function listeners(value: unknown): (() => void)[] {
  if (typeof value === 'function') return [value as () => void];
  if (Array.isArray(value)) return value.flatMap(listeners);
  if (typeof value !== 'object' || value === null) return [];
  return ((value as Template).values ?? []).flatMap(listeners);
}

/** The template as one text; listeners are left out. */
export function markup(value: unknown): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return String(value);
  if (Array.isArray(value)) return value.map(markup).join('');
  if (typeof value !== 'object' || value === null) return '';
  const { strings, values = [] } = value as Template;
  if (strings) return strings.map((text, at) => text + markup(values[at])).join('');
  const [items, , each] = values;
  // `repeat` is given items, what tells them apart, and what makes one of them.
  if (Array.isArray(items) && typeof each === 'function')
    return items.map((item, at) => markup(each(item, at))).join('');
  // What a directive shows comes last; `guard` is given a function that makes it, after what that depends on.
  const last = values.at(-1);
  return markup(typeof last === 'function' && values.length > 1 ? last() : last);
}
