/**
 * Commits of one folding of a placement. Each puts the placement's marker on the condition that nobody else
 * did since: who folds the same placement at the same time notices, and begins again.
 */
import { foldedKey } from '../../core/register/risk-keys.ts';
import type { Folded } from '../../core/risks/folded.ts';
import { LIMITS } from '../ports/register-limits.ts';
import type { Item, OutboxEntry, Put, RegisterStore } from '../ports/register-store.ts';

export interface Writes {
  readonly puts: readonly Put[];
  readonly history: readonly Item[];
  /** @default nothing */
  readonly outbox?: readonly OutboxEntry[];
}

/** Bodies of risks are small; a commit of this many stays far below 4 MB. */
const MOST_ITEMS = LIMITS.itemsPerCommit - 10;

const NOTHING: Required<Writes> = { puts: [], history: [], outbox: [] };

export class Fence {
  readonly #register: RegisterStore;
  #marker: Folded;
  #version: number | null;
  #waiting: Required<Writes> = NOTHING;

  constructor(register: RegisterStore, marker: Folded, version: number | null) {
    this.#register = register;
    this.#marker = marker;
    this.#version = version;
  }

  /** What the marker says from the next commit on. */
  mark(marker: Folded): void {
    this.#marker = marker;
  }

  /** To be committed with others; at once where there are many. */
  async add({ puts, history, outbox = [] }: Writes): Promise<void> {
    if (this.#count() + puts.length + history.length + outbox.length > MOST_ITEMS) await this.flush();
    const waiting = this.#waiting;
    this.#waiting = {
      puts: [...waiting.puts, ...puts],
      history: [...waiting.history, ...history],
      outbox: [...waiting.outbox, ...outbox],
    };
  }

  /** @throws CavendishError `conflict` where another folded the placement, or changed what is put */
  async flush(): Promise<void> {
    const { puts, history, outbox } = this.#waiting;
    const when = this.#version === null ? ('absent' as const) : { version: this.#version };
    const marker = { item: { ...foldedKey(this.#marker.placement), body: { ...this.#marker } }, when };
    await this.#register.commit({ puts: [marker, ...puts], history, outbox });
    this.#version = (this.#version ?? 0) + 1;
    this.#waiting = NOTHING;
  }

  #count(): number {
    const { puts, history, outbox } = this.#waiting;
    return puts.length + history.length + outbox.length;
  }
}
