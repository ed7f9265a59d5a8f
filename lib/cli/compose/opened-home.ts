/** What commands need of a home, whichever it is. */
import type { EvidenceStore } from '../../pipeline/ports/evidence-store.ts';
import type { Versions } from '../../pipeline/ports/intelligence.ts';
import type { RegisterStore } from '../../pipeline/ports/register-store.ts';
import type { WorkQueue } from '../../pipeline/ports/work-queue.ts';

export interface OpenedHome {
  readonly kind: 'laptop' | 'aws';
  readonly register: RegisterStore;
  readonly evidence: EvidenceStore;
  readonly intelligence: Versions;
  readonly work: WorkQueue;
  close(): Promise<void>;
}
