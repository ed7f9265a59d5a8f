/**
 * Which vulnerabilities an identifier speaks of, where a scanner gives others that are related to it.
 *
 * A related CVE is another name of the same only where it is the only one: an advisory of a distribution that lists
 * several mends several, and each of them is in the package.
 */
import { isCve } from '../advisories/cve-id.ts';

interface Named {
  readonly vulnerability: string;
  /** In order. */
  readonly aliases: readonly string[];
}

export function namedBy(id: string, related: readonly string[]): readonly Named[] {
  if (isCve(id)) return [{ vulnerability: id, aliases: [] }];
  const cves = [...new Set(related.filter(isCve))].sort();
  const [only, another] = cves;
  if (only === undefined) return [{ vulnerability: id, aliases: [] }];
  if (another === undefined) return [{ vulnerability: only, aliases: [id] }];
  return cves.map((vulnerability) => ({ vulnerability, aliases: [] }));
}
