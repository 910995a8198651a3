/**
 * How long readings are kept as they are, and how long merged by the hour; after that they are merged by the
 * day. In days.
 */
export interface Retention {
  readonly rawDays: number;
  readonly hourlyDays: number;
}
