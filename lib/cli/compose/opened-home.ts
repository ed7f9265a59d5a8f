/** What commands need of a home, whichever it is. */
import type { Operation } from '../../pipeline/operations/operation.ts';
import type { EvidenceStore } from '../../pipeline/ports/evidence-store.ts';
import type { Versions } from '../../pipeline/ports/intelligence.ts';
import type { RegisterStore } from '../../pipeline/ports/register-store.ts';
import type { WorkQueue } from '../../pipeline/ports/work-queue.ts';

export interface Stores {
  readonly register: RegisterStore;
  readonly evidence: EvidenceStore;
  readonly intelligence: Versions;
  readonly work: WorkQueue;
}

/** Asks a home for something, as the caller. @throws CavendishError as the operation does, `forbidden`, `unavailable` */
export type Operate = <In, Out>(operation: Operation<In, Out>, input: In) => Promise<Out>;

export interface OpenedHome extends Stores {
  readonly kind: 'laptop' | 'aws';
  close(): Promise<void>;
}
