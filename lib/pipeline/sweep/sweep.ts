/** Runs the parts of a sweep one after another; one that fails keeps none of the others from running. */

/** What was found, by the name of its count. */
export type Found = Readonly<Record<string, number>>;

export type SweepPart = (signal: AbortSignal) => Promise<Found>;

export interface Swept {
  readonly found: Found;
  readonly failures: readonly { readonly part: string; readonly cause: unknown }[];
}

/** @param signal - where it is aborted, the parts that are left wait for the next sweep */
export async function sweep(parts: Readonly<Record<string, SweepPart>>, signal: AbortSignal): Promise<Swept> {
  let found: Found = {};
  const failures: { part: string; cause: unknown }[] = [];
  for (const [part, run] of Object.entries(parts)) {
    if (signal.aborted) {
      failures.push({ part, cause: signal.reason });
      continue;
    }
    try {
      found = { ...found, ...(await run(signal)) };
    } catch (cause) {
      failures.push({ part, cause });
    }
  }
  return { found, failures };
}
