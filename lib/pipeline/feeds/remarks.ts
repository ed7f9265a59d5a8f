/**
 * What an import did not take in: how much of it, and the first of it by name.
 */
export interface Tally {
  readonly count: number;
  readonly examples: readonly string[];
}

export interface Remarks<T extends Tally = Counter> {
  /** Files that were found on the way and are no intelligence. */
  readonly passedOver: T;
  /** Figures that are none. */
  readonly leftOut: T;
  /** Advisories that name no package. */
  readonly withoutPackage: T;
}

export interface Counter extends Tally {
  add(example: string): void;
}

const EXAMPLES = 10;

export function startRemarks(): Remarks {
  return { passedOver: startCounter(), leftOut: startCounter(), withoutPackage: startCounter() };
}

function startCounter(): Counter {
  const examples: string[] = [];
  let count = 0;
  return {
    examples,
    get count() {
      return count;
    },
    add(example) {
      count += 1;
      if (examples.length < EXAMPLES) examples.push(example);
    },
  };
}
