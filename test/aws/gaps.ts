/**
 * What the template has and moto's CloudFormation does not make, each with its reason and with what
 * holds it instead. A type that is missing here and there fails the test, and so does an entry that is
 * no longer true.
 */
export interface Gap {
  readonly type: string;
  readonly why: string;
  /** The test that holds what this run can't show. */
  readonly heldBy: string;
}

export const GAPS: readonly Gap[] = [];
