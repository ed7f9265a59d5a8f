/** The days (UTC) as which everything is judged again. */
const DAY = 86_400_000;

/** The beginnings of the days after an instant and up to another (ISO 8601). */
export function daysFrom(from: string, until: string): readonly string[] {
  const [first, last] = [Math.floor(Date.parse(from) / DAY) + 1, Math.floor(Date.parse(until) / DAY)];
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) =>
    new Date((first + index) * DAY).toISOString(),
  );
}
