import { resolve } from 'node:path';
import { SECOND_MS } from '../../core/time.ts';
import { mayUsePlainHttp } from '../../http/plainHttp.ts';
import { certificateProblem } from './certificateProblem.ts';
import { ExporterVariables } from './exporterVariables.ts';
import type { Findings } from './findings.ts';

/** Where metrics are pushed to, and how: by the variables that all exporters of OpenTelemetry go by. */
export interface OtlpSettings {
  readonly endpoint: URL;
  /** Secrets, by their names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly intervalMs: number;
  readonly isCompressed: boolean;
  /** A file of certificates, trusted in place of all others. */
  readonly caFile?: string;
  /** What the collector is told of who pushes. */
  readonly resource: Readonly<Record<string, string>>;
}

const TIMEOUT_MS = 10 * SECOND_MS;
const INTERVAL_MS = 60 * SECOND_MS;
const HEADERS = ['OTEL_EXPORTER_OTLP_HEADERS', 'OTEL_EXPORTER_OTLP_METRICS_HEADERS'] as const;
/**
 * Headers of content and connection, which each push sets itself: with other values it would not arrive, or could not
 * be read.
 */
const SET_BY_US =
  /^(?:host|accept|accept-encoding|content-(?:length|type|encoding)|transfer-encoding|te|trailer|connection|keep-alive|upgrade|expect|proxy-(?:connection|authorization))$/;

/** Undefined where nothing is to be pushed: no endpoint is set, or OpenTelemetry is switched off. */
export function otlpSettingsOf(findings: Findings): OtlpSettings | undefined {
  const variables = new ExporterVariables(findings);
  if (isOff(variables)) return undefined;
  const endpoint = endpointOf(variables);
  if (!endpoint) return undefined;
  refuseWhatIsNotSpoken(variables);
  const certificate = variables.ofExporter('CERTIFICATE');
  const service = variables.find('OTEL_SERVICE_NAME');
  return {
    endpoint,
    headers: headersOf(variables),
    timeoutMs: variables.milliseconds(variables.ofExporter('TIMEOUT'), 1, TIMEOUT_MS),
    intervalMs: variables.milliseconds(variables.find('OTEL_METRIC_EXPORT_INTERVAL'), SECOND_MS, INTERVAL_MS),
    isCompressed: variables.ofExporter('COMPRESSION')?.text !== 'none',
    ...(certificate && { caFile: resolve(certificate.text) }),
    resource: {
      ...variables.pairs('OTEL_RESOURCE_ATTRIBUTES'),
      ...(service && { 'service.name': service.text }),
    },
  };
}

/** Says what is wrong with the file that the certificates of the collector are read from. */
export async function checkCollectorCertificate(
  findings: Findings,
  { caFile }: Pick<OtlpSettings, 'caFile'>,
): Promise<void> {
  const variables = new ExporterVariables(findings);
  const variable = variables.ofExporter('CERTIFICATE');
  const problem = caFile === undefined ? undefined : await certificateProblem(caFile);
  if (variable && problem !== undefined) variables.wrong(variable, problem);
}

const EXPORTERS = ['otlp', 'prometheus', 'console', 'logging', 'none'];

function isOff(variables: ExporterVariables): boolean {
  const disabled = variables.find('OTEL_SDK_DISABLED');
  if (disabled?.text.toLowerCase() === 'true') return true;
  if (disabled && disabled.text.toLowerCase() !== 'false')
    variables.doubtful(disabled, 'This is true or false; anything else counts as false.');
  const named = variables.find('OTEL_METRICS_EXPORTER');
  const exporters = named?.text.split(/[\s,]+/).filter(each => each !== '');
  if (named && exporters?.some(each => !EXPORTERS.includes(each)))
    variables.doubtful(
      named,
      'This has a name that is not known here. Metrics are pushed by otlp, and not by none.',
    );
  return exporters?.includes('otlp') === false;
}

const GRPC_PORT = '4317';

function endpointOf(variables: ExporterVariables): URL | undefined {
  const variable = variables.ofExporter('ENDPOINT');
  if (!variable) return undefined;
  const url = URL.parse(variable.text);
  if (!url || !/^https?:$/.test(url.protocol))
    variables.wrong(variable, 'This must be an address: https://collector.example:4318');
  else if (url.username !== '' || url.password !== '')
    variables.wrong(
      variable,
      'A login does not belong into an address: put it into OTEL_EXPORTER_OTLP_HEADERS.',
    );
  else if (url.protocol === 'http:' && !mayUsePlainHttp(url.origin, { allowHttp: true }))
    variables.wrong(
      variable,
      'Plain http would carry figures and headers across a public network in the open. Use https.',
    );
  else {
    // The address for metrics alone is whole; the one for all that is pushed has a path for each.
    const isWhole = variable.name.includes('METRICS');
    if (!isWhole && /\/v1\/metrics\/?$/.test(url.pathname))
      variables.doubtful(
        variable,
        'To this address /v1/metrics is added, which it has already: take it out, or set OTEL_EXPORTER_OTLP_METRICS_ENDPOINT.',
      );
    if (url.port === GRPC_PORT)
      variables.doubtful(
        variable,
        'This is the port at which collectors take gRPC, which is not spoken here; http is usually at 4318.',
      );
    if (!isWhole) url.pathname = url.pathname.replace(/\/?$/, '/v1/metrics');
    return url;
  }
  return undefined;
}

function refuseWhatIsNotSpoken(variables: ExporterVariables): void {
  const protocol = variables.ofExporter('PROTOCOL');
  if (protocol && protocol.text !== 'http/protobuf')
    variables.wrong(
      protocol,
      'Metrics are pushed by http/protobuf alone, which collectors take at port 4318 as a rule. Where other programs need this one, set OTEL_EXPORTER_OTLP_METRICS_PROTOCOL=http/protobuf and OTEL_EXPORTER_OTLP_METRICS_ENDPOINT beside it.',
    );
  const compression = variables.ofExporter('COMPRESSION');
  if (compression && !/^(?:gzip|none)$/.test(compression.text))
    variables.wrong(compression, 'This must be gzip or none.');
  const temporality = variables.find('OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE');
  if (temporality && temporality.text.toLowerCase() !== 'cumulative')
    variables.doubtful(temporality, 'Counters are pushed as cumulative sums alone.');
  for (const ending of ['CLIENT_KEY', 'CLIENT_CERTIFICATE']) {
    const unknown = variables.ofExporter(ending);
    if (unknown)
      variables.wrong(unknown, 'A certificate of our own is not shown to collectors: use headers.');
  }
}

function headersOf(variables: ExporterVariables): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {};
  for (const name of HEADERS)
    for (const [written, value] of Object.entries(variables.pairs(name))) {
      const header = written.toLowerCase();
      // Only known names may be quoted; any other may be a secret in the wrong place.
      if (SET_BY_US.test(header))
        variables.wrong(
          { name },
          `The header ${header} is set with each push, and cannot be set here: take it out.`,
        );
      else if (/^[\w!#$%&'*+.^`|~-]+$/.test(header) && /^[\t\x20-\x7e\x80-\xff]*$/.test(value))
        headers[header] = value;
      else variables.wrong({ name }, 'A header in this list has a name or value that no header can have.');
    }
  return headers;
}
