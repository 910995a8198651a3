/**
 * How long readings are kept as they are, and how long merged by the hour; after that they are merged by the
 * day. What gateways told of spend is kept by the quarter of an hour. In days.
 */
export interface Retention {
  readonly rawDays: number;
  readonly hourlyDays: number;
  /** For how long what gateways told is kept; for good where it is absent. */
  readonly ledgerDays?: number;
}
