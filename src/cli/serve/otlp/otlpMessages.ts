import { type Attributes, ValueType } from '@opentelemetry/api';
import { ProtobufMetricsSerializer } from '@opentelemetry/otlp-transformer';
import {
  AggregationTemporality,
  DataPointType,
  type MetricData,
  type ResourceMetrics,
} from '@opentelemetry/sdk-metrics';
import { SECOND_MS } from '../../../core/time.ts';
import { families } from '../metrics/families.ts';
import type { Family, Measured, Sample } from '../metrics/family.ts';
import { redactLabels } from '../metrics/redactLabels.ts';

/** The media type of what collectors are sent, and answer. */
export const OTLP_TYPE = 'application/x-protobuf';

/**
 * All metrics as a collector takes them, under the very names and labels that Prometheus scrapes: whether a receiver
 * translates names for Prometheus or leaves them, they come out the same.
 *
 * @param since when counters began, epoch milliseconds.
 */
export function otlpRequest(measured: Measured, resource: Attributes, since: number): Uint8Array {
  const metrics = families.flatMap((family): MetricData[] => {
    const samples = family.samples(measured).map(redactLabels);
    return samples.length === 0 ? [] : [metricOf(family, samples, since, measured.now)];
  });
  const scope = { name: 'key-quota', version: measured.version };
  const request = ProtobufMetricsSerializer.serializeRequest({
    // Only this member is read. The library’s own function for resources would bring in code that runs programs on the
    // machine.
    resource: { attributes: resource } as ResourceMetrics['resource'],
    scopeMetrics: [{ scope, metrics }],
  });
  if (!request) throw new Error('The metrics could not be written as protobuf.');
  return request;
}

/**
 * Whether an answer tells of metrics that were not taken. The protobuf answer was read as UTF-8; where that fails, it
 * holds a count beyond 127.
 */
export function hasRejected(answer: string | undefined): boolean {
  if (answer === undefined) return true;
  try {
    const { partialSuccess } = ProtobufMetricsSerializer.deserializeResponse(
      new TextEncoder().encode(answer),
    );
    return (partialSuccess?.rejectedDataPoints ?? 0) > 0;
  } catch {
    return false;
  }
}

function metricOf(
  { name, help: description, unit, type }: Family,
  samples: readonly Sample[],
  since: number,
  now: number,
): MetricData {
  const [startTime, endTime] = [timeOf(since), timeOf(now)];
  const common = {
    descriptor: { name, description, unit, valueType: ValueType.DOUBLE },
    aggregationTemporality: AggregationTemporality.CUMULATIVE,
    dataPoints: samples.map(({ labels, value }) => ({
      startTime,
      endTime,
      attributes: { ...labels },
      value,
    })),
  };
  return type === 'counter'
    ? { ...common, dataPointType: DataPointType.SUM, isMonotonic: true }
    : { ...common, dataPointType: DataPointType.GAUGE };
}

/** Seconds and nanoseconds. */
function timeOf(ms: number): [number, number] {
  return [Math.floor(ms / SECOND_MS), (ms % SECOND_MS) * 1_000_000];
}
