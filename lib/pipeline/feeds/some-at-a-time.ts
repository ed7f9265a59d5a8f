/** Does something with each of many things, so many at a time: a thousand at once would each hold memory. */
export async function someAtATime<T, R>(
  things: Iterable<T>,
  most: number,
  act: (thing: T) => Promise<R>,
): Promise<readonly R[]> {
  const results: R[] = [];
  const next = [...things].entries();
  async function work(): Promise<void> {
    for (const [place, thing] of next) results[place] = await act(thing);
  }
  await Promise.all(Array.from({ length: most }, work));
  return results;
}
