/**
 * The log of a verification: exactly these fields, in this order. An empty field was not tried, or the gateway does not
 * tell it.
 */
export interface VerificationLog {
  readonly smoke_test_date: string;
  readonly query_key_name: string;
  readonly query_date_range: string;
  readonly total_quota_returned: string;
  readonly total_used_quota_returned: string;
  readonly request_count_returned: string;
  readonly daily_quota_dates_present: string;
  readonly sample_chat_total_tokens: string;
  readonly usage_field_present: string;
  readonly date_range_filter_working: string;
  readonly error_path_returned_error: string;
  readonly reviewer: string;
}

/** One step of the log as a person reads it. */
export interface VerificationLine {
  readonly title: string;
  readonly passed: boolean;
  readonly note: string;
}

/** A verification as a Markdown document: the fields of its log as a list to copy, then the steps. */
export function verificationMarkdown(
  title: string,
  log: VerificationLog,
  lines: readonly VerificationLine[],
  words: { readonly passed: string; readonly failed: string },
): string {
  const fields = Object.entries(log).map(([name, value]) => `${name}: ${oneLine(value)}`.trimEnd());
  const steps = lines.map(
    line =>
      `- ${line.passed ? words.passed : words.failed}: ${line.title}${line.note ? ` – ${oneLine(line.note)}` : ''}`,
  );
  return [`# ${oneLine(title)}`, '', '```text', ...fields, '```', '', ...steps, ''].join('\n');
}

/** A line break could close the Markdown fence around the text. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').replaceAll('```', "'''").trim();
}
