/** Just enough of DER, the encoding of certificates, to write one. */
function tagged(tag: number, ...contents: Buffer[]): Buffer {
  const content = Buffer.concat(contents);
  return Buffer.concat([Buffer.from([tag]), lengthOf(content.length), content]);
}

function lengthOf(size: number): Buffer {
  if (size < 128) return Buffer.from([size]);
  const bytes = size < 256 ? [0x81, size] : [0x82, size >> 8, size & 0xff];
  return Buffer.from(bytes);
}

/** A sequence of other values. */
export const sequence = (...contents: Buffer[]): Buffer => tagged(0x30, ...contents);
/** A set of other values. */
export const set = (...contents: Buffer[]): Buffer => tagged(0x31, ...contents);
/** Bytes that hold another value. */
export const octets = (content: Buffer): Buffer => tagged(0x04, content);
/** A string of whole bytes of bits. */
export const bits = (content: Buffer): Buffer => tagged(0x03, Buffer.from([0]), content);
/** Text in UTF-8. */
export const text = (content: string): Buffer => tagged(0x0c, Buffer.from(content, 'utf8'));
/** True. */
export const yes = (): Buffer => tagged(0x01, Buffer.from([0xff]));
/** A value with a number that its context gives a meaning to. */
export const context = (number: number, content: Buffer, constructed: boolean): Buffer =>
  tagged(0x80 | (constructed ? 0x20 : 0) | number, content);

/** A whole number that is not negative. */
export function integer(content: Buffer): Buffer {
  const first = content[0] ?? 0;
  return tagged(0x02, first & 0x80 ? Buffer.concat([Buffer.from([0]), content]) : content);
}

/** A moment, in the form that reaches beyond 2050. */
export function moment(ms: number): Buffer {
  const digits = new Date(ms).toISOString().replace(/\D/g, '').slice(0, 14);
  return tagged(0x18, Buffer.from(`${digits}Z`, 'latin1'));
}

/** An object identifier such as `2.5.4.3`. */
export function identifier(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const bytes = [first * 40 + second];
  for (const part of rest) {
    const groups = [part & 0x7f];
    for (let left = part >> 7; left > 0; left >>= 7) groups.unshift((left & 0x7f) | 0x80);
    bytes.push(...groups);
  }
  return tagged(0x06, Buffer.from(bytes));
}
