/** Why osv-scanner 2.2.4 and Cavendish differ, where it is known: docs/matching.md explains each. */
import { spellingOf } from '../../lib/core/advisories/bucket.ts';
import type { OsvRecord } from '../../lib/core/advisories/records.ts';
import type { Asked } from './boundary-packages.ts';

/** In words; null where nobody knows. */
export function whyDifferent({ ecosystem, name, version }: Asked, record: OsvRecord, isOurs: boolean): string | null {
  const entries = record.affected.filter(
    (entry) => entry.ecosystem === ecosystem && spellingOf(ecosystem, entry.name) === spellingOf(ecosystem, name),
  );
  if (isOurs && entries.some(({ ranges }) => ranges[0]?.type === 'GIT')) {
    return 'osv-scanner reads no range behind one of type GIT';
  }
  if (isOurs && entries.every((entry) => entry.name !== spellingOf(ecosystem, name))) {
    return 'osv-scanner does not find an advisory that spells the name of the package otherwise';
  }
  if (isOurs && entries.some(({ versions }) => versions.length > 0 && !versions.includes(version))) {
    return 'osv-scanner does not take a listed version in another spelling for the same';
  }
  if (!isOurs && ecosystem === 'npm' && name !== name.toLowerCase()) {
    return 'package URLs of npm have no capitals: these speak of another package';
  }
  return null;
}
