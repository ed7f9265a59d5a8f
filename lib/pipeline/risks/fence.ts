/**
 * Commits of one folding of a placement. Each puts the placement's marker on the condition that nobody else
 * did since: who folds the same placement at the same time notices, and begins again.
 */
import { foldedKey } from '../../core/register/risk-keys.ts';
import type { Folded } from '../../core/risks/folded.ts';
import { LIMITS } from '../ports/register-limits.ts';
import type { Item, Put, RegisterStore } from '../ports/register-store.ts';

export interface Writes {
  readonly puts: readonly Put[];
  readonly history: readonly Item[];
}

/** Bodies of risks are small; a commit of this many stays far below 4 MB. */
const MOST_ITEMS = LIMITS.itemsPerCommit - 10;

export class Fence {
  readonly #register: RegisterStore;
  #marker: Folded;
  #version: number | null;
  #waiting: Writes = { puts: [], history: [] };

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
  async add({ puts, history }: Writes): Promise<void> {
    if (this.#count() + puts.length + history.length > MOST_ITEMS) await this.flush();
    this.#waiting = { puts: [...this.#waiting.puts, ...puts], history: [...this.#waiting.history, ...history] };
  }

  /** @throws CavendishError `conflict` where another folded the placement, or changed what is put */
  async flush(): Promise<void> {
    const { puts, history } = this.#waiting;
    const when = this.#version === null ? ('absent' as const) : { version: this.#version };
    const marker = { item: { ...foldedKey(this.#marker.placement), body: { ...this.#marker } }, when };
    await this.#register.commit({ puts: [marker, ...puts], history });
    this.#version = (this.#version ?? 0) + 1;
    this.#waiting = { puts: [], history: [] };
  }

  #count(): number {
    return this.#waiting.puts.length + this.#waiting.history.length;
  }
}
