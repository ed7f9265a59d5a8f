/**
 * The language of EventBridge patterns, as far as event filters here use it: a name leads to a nested
 * pattern or to a list of which one has to hold, a value or `{ prefix }`.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
export function matches(pattern: object, subject: unknown): boolean {
  return Object.entries(pattern).every(([name, wanted]) => {
    const found: unknown = typeof subject === 'object' && subject !== null ? Reflect.get(subject, name) : undefined;
    return Array.isArray(wanted) ? wanted.some((one) => holds(one, found)) : matches(wanted as object, found);
  });
}

function holds(wanted: unknown, found: unknown): boolean {
  if (typeof wanted !== 'object' || wanted === null) return wanted === found;
  if ('prefix' in wanted) return typeof found === 'string' && found.startsWith(String(wanted.prefix));
  throw new Error(`these tests do not know the pattern ${JSON.stringify(wanted)}`);
}
