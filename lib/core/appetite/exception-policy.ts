/** What an appetite says of exceptions: what they need, how long they hold, who approves them, what ends them early. */
import type { Stage } from '../image/stage.ts';
import type { Criticality } from './criticality.ts';

/** What may be asked of an exception beside scope, reason, owner and expiry. */
export const REQUIRABLE = ['controls', 'review', 'links'] as const;

/** Who may approve exceptions of what; a list that is null speaks of all. */
export interface ApproverRule {
  /** Names of people. */
  readonly people: readonly string[] | null;
  readonly stages: readonly Stage[] | null;
  readonly criticality: readonly Criticality[] | null;
  /** Identifiers of assets; what no asset names is in none. */
  readonly assets: readonly string[] | null;
}

/** What is never excepted: an expression of CEL that is true for such a finding. */
export interface NeverRule {
  readonly id: string;
  /** The sentence that people read. */
  readonly says: string;
  readonly finding: string;
}

/** Evidence that ends an exception before its time. */
export interface LapsePolicy {
  /** The vulnerability is listed in KEV after the grant. */
  readonly kev: boolean;
  /** The rise of EPSS (0–1) since the grant, under one version of its model; null: no rise does. */
  readonly epss: number | null;
  /** A fix is out that was not out at the grant. */
  readonly fix: boolean;
  /** A compensating control is withdrawn. */
  readonly control: boolean;
  /** The owner is no longer among the people. */
  readonly owner: boolean;
  /** The approval of the base has ended. */
  readonly baseApproval: boolean;
}

export interface ExceptionPolicy {
  readonly required: readonly (typeof REQUIRABLE)[number][];
  /** The longest that an exception holds, in days, by the criticality of the assets in its scope; 0: none is granted. */
  readonly longestDays: Readonly<Record<Criticality, number>>;
  /** The most by which all controls of a finding together lower each, 0–1. */
  readonly controls: { readonly likelihood: number; readonly impact: number };
  /** Of several rules one that fits is enough. None: whoever has the role approver approves everything. */
  readonly approvers: readonly ApproverRule[];
  readonly never: readonly NeverRule[];
  readonly lapse: LapsePolicy;
}
