/**
 * One record for each identifier, though several feeds, or several files of one import, hold it.
 *
 * The newest by `modified` counts. Two copies of the same instant are parts of one record (a
 * trimmed snapshot beside a whole archive): what either says stays, so that joining never loses
 * an affected package.
 */
import type { OsvRecord } from '../advisories/records.ts';

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
  if (JSON.stringify(a) === JSON.stringify(b)) return a;
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
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}
