import { type FailureReason, GatewayError } from '../../../core/quota/failure.ts';
import { parseRetryAfter } from '../../../gateways/transientError.ts';
import type { GatewayResponse } from '../../../http/transport.ts';
import { failureStatusText } from '../../../text/failureStatus.ts';
import { hasRejected, OTLP_TYPE } from './otlpMessages.ts';

/** Why metrics did not arrive, as a sentence, and how long the collector wants to be left alone. */
export interface PushTrouble {
  readonly sentence: string;
  readonly retryAfterMs?: number | undefined;
}

const SENTENCES: Partial<Record<FailureReason, string>> = {
  'host-not-found': 'There is no host of that name.',
  'connection-refused': 'Nothing answers there.',
  timeout: 'There was no answer in time.',
  offline: 'There is no network.',
  'certificate-untrusted':
    'Its certificate is not trusted. If it is yours, name its certificate authority by OTEL_EXPORTER_OTLP_CERTIFICATE.',
  'certificate-expired': 'Its certificate is not valid at this date.',
  'certificate-name': 'Its certificate is for another name.',
  'client-certificate': 'It wants a certificate of our own, which is not spoken here.',
  'ca-file': 'The file that OTEL_EXPORTER_OTLP_CERTIFICATE names could not be read.',
  'ca-file-content': 'The file that OTEL_EXPORTER_OTLP_CERTIFICATE names has no certificate in PEM form.',
  'proxy-setting': 'The proxy that the environment names cannot be used.',
  'proxy-login': 'The proxy on the way wants a login.',
  redirected: 'It sends to another address. Name that one as the endpoint.',
  'https-instead': 'It wants https. Name that address as the endpoint.',
  'other-page': 'It sends to another page, as a login does that stands in front of it.',
};

/** Why there was no answer, as a sentence without anything of the request in it. */
export function connectionTrouble(error: unknown): string {
  if (!(error instanceof GatewayError)) return `The metrics could not be put together (${nameOf(error)}).`;
  const { reason } = error.failure;
  if (SENTENCES[reason] !== undefined) return SENTENCES[reason];
  return reason.startsWith('proxy')
    ? 'The proxy on the way refused, or could not be reached.'
    : `It could not be asked: ${failureStatusText(error.failure)}.`;
}

/** What is wrong by an answer; undefined where all metrics were taken. */
export function answerTrouble(answer: GatewayResponse): PushTrouble | undefined {
  const sentence = answerSentence(answer);
  if (sentence === undefined) return undefined;
  const { headers } = answer;
  return { sentence, ...(headers.has('retry-after') && { retryAfterMs: parseRetryAfter(headers) }) };
}

/** Without anything of the answer’s body. */
function answerSentence({ status, headers, text }: GatewayResponse): string | undefined {
  if (status === 401 || status === 403)
    return `It refuses who asks (${status}). Check OTEL_EXPORTER_OTLP_HEADERS.`;
  if (status === 404)
    return 'It takes nothing at that path (404). OTEL_EXPORTER_OTLP_ENDPOINT is without /v1/metrics, OTEL_EXPORTER_OTLP_METRICS_ENDPOINT with it.';
  if (status < 200 || status >= 300) return `It answered with the status ${status}.`;
  const type = headers.get('content-type') ?? '';
  if (type.startsWith('text/html'))
    return 'It answers with a web page, as a login does that stands in front of it.';
  return type.startsWith(OTLP_TYPE) && hasRejected(text)
    ? 'It says that it took a part of them alone.'
    : undefined;
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
