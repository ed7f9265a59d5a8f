/** Counts the calls of a part. */

/** `register.get` → how often. */
export type Counts = Readonly<Record<string, number>>;

export function counted<T extends object>(name: string, part: T, counts: Record<string, number>): T {
  return new Proxy(part, {
    get(target, key, receiver) {
      const call: unknown = Reflect.get(target, key, receiver);
      if (typeof call !== 'function') return call;
      return (...given: readonly unknown[]): unknown => {
        const what = `${name}.${String(key)}`;
        counts[what] = (counts[what] ?? 0) + 1;
        return Reflect.apply(call, target, given);
      };
    },
  });
}
