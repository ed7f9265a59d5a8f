/**
 * One record for each identifier, though several feeds, or several files of one import, hold it.
 *
 * The newest by `modified` counts. Two copies of the same instant are parts of one record (a
 * trimmed snapshot beside a whole archive): what either says stays, so that joining never loses
 * an affected package.
 */
import type { OsvRecord } from '../advisories/records.ts';
import { canonicalBytes } from '../canonical/canonical.ts';
import { orderOf } from '../versions/version.ts';

/** The records of all lists, one for each identifier, in the order of their identifiers. */
export function joinRecords(lists: readonly (readonly OsvRecord[])[]): readonly OsvRecord[] {
  const joined = new Map<string, OsvRecord>();
  for (const record of lists.flat()) {
    const other = joined.get(record.id);
    joined.set(record.id, other === undefined ? record : newest(other, record));
  }
  return [...joined.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

function newest(a: OsvRecord, b: OsvRecord): OsvRecord {
  if (a.modified !== b.modified) return a.modified > b.modified ? a : b;
  const order = orderOf(textOf(a), textOf(b));
  if (order === 0) return a;
  return order < 0 ? unite(a, b) : unite(b, a);
}

/** The same whichever of the two came first. */
function unite(a: OsvRecord, b: OsvRecord): OsvRecord {
  return {
    ...a,
    published: a.published ?? b.published,
    withdrawn: a.withdrawn === null ? null : b.withdrawn,
    aliases: distinct([...a.aliases, ...b.aliases]),
    upstream: distinct([...a.upstream, ...b.upstream]),
    summary: a.summary ?? b.summary,
    severity: distinct([...a.severity, ...b.severity]),
    affected: distinct([...a.affected, ...b.affected]),
  };
}

function distinct<T>(values: readonly T[]): readonly T[] {
  const byText = new Map(values.map((value) => [textOf(value), value]));
  return [...byText].sort(([a], [b]) => orderOf(a, b)).map(([, value]) => value);
}

/** The order of a record's members hangs on where it was read. */
function textOf(value: unknown): string {
  return new TextDecoder().decode(canonicalBytes(value));
}
