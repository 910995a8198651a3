/** A plan that a gateway sells. */
export interface PlanOffer {
  readonly slug: string;
  readonly name: string;
  /** In US dollars; absent when the gateway does not say. */
  readonly price?: number;
  readonly rpm?: number;
  readonly tpm?: number;
}
