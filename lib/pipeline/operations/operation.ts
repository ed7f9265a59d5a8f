/**
 * An operation: one thing that can be asked of a home, by the command line or over HTTP, with the same input, the
 * same answer and the same rules about who may.
 */
import type { ZodType } from 'zod';

import type { Placement } from '../../core/image/placement.ts';
import type { Caller } from '../../core/people/caller.ts';
import type { OperationName } from '../../core/people/permissions.ts';
import type { JudgedEvidence } from '../../core/register/judged-evidence.ts';
import type { EvidenceStore } from '../ports/evidence-store.ts';
import type { Versions } from '../ports/intelligence.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import type { SubscriberTopics } from '../ports/subscriber-topics.ts';
import type { WorkQueue } from '../ports/work-queue.ts';

export interface OperationContext {
  readonly caller: Caller;
  /** When it was asked (ISO 8601, UTC): one instant for all that follows. */
  readonly at: string;
  readonly register: RegisterStore;
  readonly evidence: EvidenceStore;
  readonly intelligence: Versions;
  readonly work: WorkQueue;
  /** The ways to subscribers; null where mail goes to addresses as they are. */
  readonly topics: SubscriberTopics | null;
  /** By which the home judges at that instant. */
  readonly appetite: JudgedEvidence['appetite'];
  /** The instant that a placement is judged as of, whatever the time is; null where it is the time. @default always null */
  readonly asOf?: (placement: Placement) => string | null;
}

export interface Operation<In, Out> {
  /** Who may call it stands beside its name: lib/core/people/permissions.ts. */
  readonly name: OperationName;
  /** Whether anything is different afterwards. What changes nothing may be asked twice. */
  readonly changes: boolean;
  /** Whether anybody may change it on a laptop, where names are no proof. @default false: it takes the role there too */
  readonly openOnLaptop?: boolean;
  /** Bounded: whatever it accepts fits into a request. Optional members are null rather than left out. */
  readonly input: ZodType<In>;
  /** @returns a JSON value; long lists come as pages, `after` in and `next` out */
  readonly run: (input: In, context: OperationContext) => Promise<Out>;
}

/** An operation whose input is inferred from its schema. */
export function operation<In, Out>(given: Operation<In, Out>): Operation<In, Out> {
  return given;
}
