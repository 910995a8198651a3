/** Characters that a masked secret has to show, without `sk-`: with fewer it may be anybody's. */
const MIN_SHOWN = 6;
/** A longer run of mask characters stands for as many of the secret; shorter runs are as long for every secret. */
const MAX_FIXED_MASK = 10;

const MASKED = /^([\w-]*?)([*•●]{2,}|\.{3,}|…+)([\w-]*)$/;
const PREFIX = /^sk-/;

/** Whether a text of a key list is a secret with mask characters in it. */
export function isMaskedSecret(text: string): boolean {
  return MASKED.test(text.trim());
}

/**
 * Finds the secrets that a text of a gateway's key list may stand for: the secret itself, or its beginning and end with
 * mask characters between them; with or without `sk-`. `secrets` are by key id; ids are returned.
 */
export function secretsListedAs(
  secrets: ReadonlyMap<string, string>,
): (listedText: string) => readonly string[] {
  const bodies = [...secrets].map(([keyId, secret]) => ({ keyId, body: secret.replace(PREFIX, '') }));
  const idsByBody = Map.groupBy(bodies, ({ body }) => body);
  return listedText => {
    const text = listedText.trim().replace(PREFIX, '');
    const [, head = '', mask = '', tail = ''] = MASKED.exec(text) ?? [];
    const fitting =
      mask === '' ? (idsByBody.get(text) ?? []) : bodies.filter(({ body }) => fits(body, head, mask, tail));
    return fitting.map(({ keyId }) => keyId);
  };
}

/** Whether a secret can be the one that a text of a key list shows, however few characters are left of it there. */
export function canBeListedAs(secret: string, listedText: string): boolean {
  const body = secret.replace(PREFIX, '');
  const text = listedText.trim().replace(PREFIX, '');
  const [, head = '', mask = '', tail = ''] = MASKED.exec(text) ?? [];
  return mask === '' ? body === text : agrees(body, head, mask, tail);
}

function fits(body: string, head: string, mask: string, tail: string): boolean {
  return head.length + tail.length >= MIN_SHOWN && agrees(body, head, mask, tail);
}

function agrees(body: string, head: string, mask: string, tail: string): boolean {
  const shown = head.length + tail.length;
  if (body.length <= shown) return false;
  if (/^[*•●]/.test(mask) && mask.length > MAX_FIXED_MASK && body.length !== shown + mask.length)
    return false;
  return body.startsWith(head) && body.endsWith(tail);
}
