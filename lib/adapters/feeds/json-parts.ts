/**
 * Says what a JSON object of a feed is, by its members, and reads it.
 */
import { readCve } from '../../core/advisories/cve.ts';
import { readKev } from '../../core/advisories/kev.ts';
import { readOsv } from '../../core/advisories/osv.ts';
import { CavendishError } from '../../core/errors/error.ts';
import { plainLine } from '../../core/text/plain.ts';
import type { FeedPart } from '../../pipeline/ports/feed-source.ts';

/** @throws CavendishError `bad-input` where it is malformed, or nothing that a feed holds */
export function jsonParts(raw: unknown, where: string): readonly FeedPart[] {
  if (has(raw, 'cveMetadata') || (has(raw, 'dataType') && raw.dataType === 'CVE_RECORD')) {
    const leftOut: FeedPart[] = [];
    const record = readCve(raw, (what) => leftOut.push({ kind: 'left-out', what }));
    return [{ kind: 'cve', record }, ...leftOut];
  }
  if (has(raw, 'vulnerabilities') && (has(raw, 'catalogVersion') || has(raw, 'dateReleased'))) {
    return [{ kind: 'kev', where, catalogue: readKev(raw) }];
  }
  if (has(raw, 'id') && (has(raw, 'modified') || has(raw, 'affected'))) {
    return [{ kind: 'advisory', record: readOsv(raw) }];
  }
  // The list of changes that lies beside the records in releases of the CVE list.
  if (has(raw, 'fetchTime') && has(raw, 'numberOfChanges')) return [{ kind: 'passed-over', where }];

  const members = raw === null || typeof raw !== 'object' ? [] : Object.keys(raw).slice(0, 8);
  throw new CavendishError(
    'bad-input',
    `a JSON object that is no OSV record, CVE record or KEV catalogue (its members: ${members.length === 0 ? 'none' : members.map(plainLine).join(', ')})`,
    { next: 'Name files of OSV records, CVE records (JSON 5), the KEV catalogue (JSON) or EPSS scores (CSV).' },
  );
}

function has<K extends string>(raw: unknown, member: K): raw is Record<K, unknown> {
  return typeof raw === 'object' && raw !== null && Object.hasOwn(raw, member);
}
