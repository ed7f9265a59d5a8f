/** Parts that die at a write, as a function does that runs out of memory: from then on nothing answers. */

export class Died extends Error {
  constructor() {
    super('the function died');
    this.name = 'Died';
  }
}

export interface Life {
  /** Writes that were made. */
  writes(): number;
  /** Wraps a part: the calls named are its writes. */
  of<T extends object>(part: T, writes: readonly (keyof T)[]): T;
}

/** @param death - at which write, counted from 1, and whether that write still happens */
export function aLife(death: { readonly at: number; readonly written: boolean } | null): Life {
  let count = 0;
  let dead = false;

  function guarded(call: (...given: unknown[]) => unknown, isWrite: boolean) {
    return async (...given: unknown[]): Promise<unknown> => {
      if (dead) throw new Died();
      if (isWrite) count += 1;
      const last = isWrite && count === death?.at;
      if (last) dead = true;
      if (last && !death.written) throw new Died();
      const answer = await call(...given);
      if (last) throw new Died();
      return answer;
    };
  }

  return {
    writes: () => count,
    of(part, writes) {
      const calls = Object.entries(part as Record<string, unknown>).map(([name, call]) => {
        if (!isCall(call)) return [name, call];
        const isWrite = writes.some((write) => write === name);
        return [name, guarded((...given) => call.apply(part, given), isWrite)];
      });
      return Object.fromEntries(calls) as typeof part;
    },
  };
}

function isCall(value: unknown): value is (...given: unknown[]) => unknown {
  return typeof value === 'function';
}
