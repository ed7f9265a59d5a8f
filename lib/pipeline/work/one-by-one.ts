/**
 * Does something with each, one after the other: what fails for one keeps it from nobody else.
 *
 * @throws what failed first, once all were tried
 */
export async function oneByOne<T>(all: Iterable<T>, run: (one: T) => Promise<void>): Promise<void> {
  const failures: unknown[] = [];
  for (const one of all) {
    try {
      await run(one);
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}
