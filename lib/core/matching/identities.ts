/**
 * Which vulnerabilities an advisory speaks of, and under which names each is known.
 *
 * - **Aliases merge**, transitively, over every record that was read, whether it matched or not:
 *   what a thing is called does not hang on which versions it affects. A withdrawn record merges
 *   nothing: its word was taken back.
 * - **Upstream names**: a distribution's record speaks of each vulnerability that it names there,
 *   and not of one more. Where that name is a record's own (USN → UBUNTU-CVE → CVE), its upstream
 *   is followed. A name that leads no further is kept as said.
 * - **Related never merges**: it is not read, but where an update of a distribution says there what it mends (osv.ts).
 *
 * A set of names goes by its CVE; of several CVEs by the smallest (the oldest by year and number);
 * without any by the smallest identifier. All others are its aliases: whoever looks up a
 * vulnerability elsewhere looks up these too.
 */
import { compareNames, isCve } from '../advisories/cve-id.ts';
import type { OsvRecord } from '../advisories/records.ts';

export interface Identities {
  /** The names of the vulnerabilities that a record speaks of, in order. */
  vulnerabilitiesOf(record: OsvRecord): readonly string[];
  /** The other names of a vulnerability, in order. */
  aliasesOf(vulnerability: string): readonly string[];
}

export function identitiesOf(records: Iterable<OsvRecord>): Identities {
  const byId = new Map<string, OsvRecord>();
  const sets = new Map<string, Set<string>>();
  for (const record of records) {
    byId.set(record.id, record);
    if (record.withdrawn === null) for (const alias of record.aliases) merge(sets, record.id, alias);
  }

  const names = new Map<ReadonlySet<string>, string>();
  function nameOf(id: string): string {
    const set = sets.get(id);
    if (set === undefined) return id;
    const name = names.get(set) ?? [...set].reduce((a, b) => (compareNames(a, b) <= 0 ? a : b));
    names.set(set, name);
    return name;
  }

  /** Each record is looked at once, however upstream names cross. */
  function spokenOf(record: OsvRecord): ReadonlySet<string> {
    const spoken = new Set<string>();
    const seen = new Set([record.id]);
    const queue = [record];
    for (const { id, upstream } of queue) {
      if (upstream.length === 0 || isCve(nameOf(id))) spoken.add(nameOf(id));
      for (const name of upstream.filter((one) => !seen.has(one))) {
        seen.add(name);
        const next = byId.get(name);
        if (next === undefined) spoken.add(nameOf(name));
        else queue.push(next);
      }
    }
    // Records that only name each other speak of themselves.
    return spoken.size === 0 ? new Set([nameOf(record.id)]) : spoken;
  }

  return {
    vulnerabilitiesOf: (record) => [...spokenOf(record)].sort(),
    aliasesOf: (vulnerability) => [...(sets.get(vulnerability) ?? [])].filter((name) => name !== vulnerability).sort(),
  };
}

/** The smaller set goes into the larger. */
function merge(sets: Map<string, Set<string>>, a: string, b: string): void {
  const one = sets.get(a) ?? new Set([a]);
  const other = sets.get(b) ?? new Set([b]);
  const [into, from] = one.size < other.size ? [other, one] : [one, other];
  for (const name of from) into.add(name);
  for (const name of [a, b, ...from]) sets.set(name, into);
}
