/** Parts of a template between these are left out where nothing in them is known. */
const BETWEEN = ' · ';

/** What may stand in braces in a template of the status bar. */
export const TEMPLATE_FIELDS = [
  'name',
  'left',
  'percent',
  'bar',
  'used',
  'today',
  'month',
  'limit',
  'time',
  'status',
] as const;

export type TemplateField = (typeof TEMPLATE_FIELDS)[number];

/**
 * A text by a template of a person's own: `{name} {left} · {today}`. A part between two dots of which nothing is known
 * is left out; text that is no field stays as it is.
 */
export function fillTemplate(template: string, textOf: (field: TemplateField) => string | undefined): string {
  const parts = template.split(BETWEEN).map(part => {
    let fields = 0;
    let known = 0;
    const text = part.replace(FIELD, (_, field: TemplateField) => {
      fields++;
      const value = textOf(field);
      if (value !== undefined) known++;
      return value ?? '';
    });
    return fields > 0 && known === 0 ? '' : text.replace(/[ \t\r\n]+/g, ' ').trim();
  });
  return parts.filter(part => part !== '').join(BETWEEN);
}

/** What stands in braces and is no field. */
export function unknownFields(template: string): readonly string[] {
  return template.replace(FIELD, '').match(/\{[^{}]*\}/g) ?? [];
}

/** Whether a template shows a field. */
export function hasField(template: string, field: TemplateField): boolean {
  return template.includes(`{${field}}`);
}

const FIELD = new RegExp(`\\{(${TEMPLATE_FIELDS.join('|')})\\}`, 'g');
