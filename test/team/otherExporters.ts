import { createServer, type Server } from 'node:http';

/** When the plan of onWatch is reset, epoch seconds. */
const RESET = Date.UTC(2100, 0, 1) / 1000;

/** What LiteLLM and onWatch write for Prometheus: a key with a budget, one without, and a plan of which 42 per cent are used. */
const TEXT = `# TYPE litellm_remaining_api_key_budget_metric gauge
litellm_remaining_api_key_budget_metric{hashed_api_key="a digest",api_key_alias="web"} 4.5
litellm_remaining_api_key_budget_metric{hashed_api_key="another digest",api_key_alias="ops"} +Inf
# TYPE litellm_api_key_max_budget_metric gauge
litellm_api_key_max_budget_metric{hashed_api_key="a digest",api_key_alias="web"} 10.0
litellm_api_key_max_budget_metric{hashed_api_key="another digest",api_key_alias="ops"} +Inf
# TYPE onwatch_quota_utilization_percent gauge
onwatch_quota_utilization_percent{provider="anthropic",quota_type="five_hour",account_id="1"} 42
# TYPE onwatch_quota_reset_timestamp_seconds gauge
onwatch_quota_reset_timestamp_seconds{provider="anthropic",quota_type="five_hour",account_id="1"} ${RESET}
`;

/** A server that Prometheus scrapes as it would LiteLLM and onWatch. */
export function otherExporters(): Server {
  return createServer((_request, response) => {
    response.setHeader('content-type', 'text/plain; version=0.0.4');
    response.end(TEXT);
  });
}
