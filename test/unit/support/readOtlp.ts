/** A data point of a metric as a collector reads it. */
interface ReadPoint {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
  /** Epoch milliseconds. */
  readonly since: number;
  readonly at: number;
}

interface ReadMetric {
  readonly name: string;
  readonly help: string;
  readonly unit: string;
  readonly type: 'gauge' | 'cumulative sum that only grows';
  readonly points: readonly ReadPoint[];
}

/** What a push says, by the numbers that `opentelemetry/proto/metrics/v1` gives to its fields. */
export interface ReadPush {
  readonly resource: Readonly<Record<string, string>>;
  readonly metrics: readonly ReadMetric[];
}

export function readOtlp(bytes: Uint8Array): ReadPush {
  const [ofResource] = messages(fieldsOf(bytes), 1);
  const [resource] = messages(ofResource ?? [], 1);
  const metrics = messages(ofResource ?? [], 2).flatMap(scope => messages(scope, 2));
  return { resource: pairs(resource ?? [], 1), metrics: metrics.map(metricOf) };
}

function metricOf(metric: readonly Field[]): ReadMetric {
  const [gauge] = messages(metric, 5);
  const [sum] = messages(metric, 7);
  const isGrowingSum = sum && varint(sum, 2) === 2 && varint(sum, 3) === 1;
  if (!gauge && !isGrowingSum) throw new Error('neither a gauge nor a sum that only grows');
  const points = messages(gauge ?? sum ?? [], 1).map(point => ({
    labels: pairs(point, 7),
    value: view(point, 4).getFloat64(0, true),
    since: Number(view(point, 2).getBigUint64(0, true) / 1_000_000n),
    at: Number(view(point, 3).getBigUint64(0, true) / 1_000_000n),
  }));
  const type = gauge ? 'gauge' : 'cumulative sum that only grows';
  return { name: text(metric, 1), help: text(metric, 2), unit: text(metric, 3), type, points };
}

function pairs(fields: readonly Field[], number: number): Record<string, string> {
  return Object.fromEntries(
    messages(fields, number).map(pair => [text(pair, 1), text(messages(pair, 2)[0] ?? [], 1)]),
  );
}

/** A field of a message of protobuf: its bytes, or its number. */
interface Field {
  readonly number: number;
  readonly value: Uint8Array | number;
}

function fieldsOf(bytes: Uint8Array): Field[] {
  const fields: Field[] = [];
  let at = 0;
  const next = () => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = bytes[at++];
      if (byte === undefined) throw new Error('the message is cut off');
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  };
  while (at < bytes.length) {
    const tag = next();
    const wireType = tag & 7;
    if (wireType === 0) fields.push({ number: tag >>> 3, value: next() });
    else {
      const length = wireType === 1 ? 8 : next();
      if (wireType !== 1 && wireType !== 2) throw new Error(`wire type ${wireType}`);
      fields.push({ number: tag >>> 3, value: bytes.subarray(at, at + length) });
      at += length;
    }
  }
  return fields;
}

function parts(fields: readonly Field[], number: number): Uint8Array[] {
  return fields.flatMap(field =>
    field.number === number && typeof field.value !== 'number' ? [field.value] : [],
  );
}

function messages(fields: readonly Field[], number: number): Field[][] {
  return parts(fields, number).map(fieldsOf);
}

function text(fields: readonly Field[], number: number): string {
  return new TextDecoder('utf-8', { fatal: true }).decode(parts(fields, number)[0]);
}

function varint(fields: readonly Field[], number: number): number {
  return Number(fields.find(field => field.number === number)?.value ?? 0);
}

function view(fields: readonly Field[], number: number): DataView {
  const [bytes] = parts(fields, number);
  if (bytes?.length !== 8) throw new Error(`field ${number} is not there`);
  return new DataView(bytes.buffer, bytes.byteOffset, 8);
}
