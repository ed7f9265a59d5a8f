/** A running home, for what is done in it. */
import type { JudgedEvidence } from '../../core/register/judged-evidence.ts';
import type { Laptop } from '../compose/laptop.ts';
import type { UpEvent, Watch } from './events.ts';
import type { Worker } from './worker.ts';

export interface Running {
  readonly laptop: Laptop;
  readonly appetite: JudgedEvidence['appetite'];
  /** The data folder as it was given. */
  readonly data: string;
  readonly worker: Worker;
  readonly address: string;
  /** Resolves with the first event that satisfies, from now on. */
  readonly next: (wanted: (event: UpEvent) => boolean) => Promise<UpEvent>;
  readonly watch: Watch;
}
