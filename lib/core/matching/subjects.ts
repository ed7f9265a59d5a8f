/**
 * What is asked of advisories about a package of an image.
 *
 * Debian, Ubuntu and Alpine write of source packages alone, and a package of a language is its own
 * source. Of the distributions of RPM some write of source packages, some of binary ones, Red Hat of
 * both; Wolfi and Chainguard write of packages. There both are asked, each with its own version.
 */
import { advisoryBuckets, ecosystemFamily } from '../advisories/bucket.ts';
import type { Package } from '../sbom/inventory.ts';
import type { Subject } from './evaluate-record.ts';

type Asked = Pick<Package, 'name' | 'version' | 'source'> & { readonly ecosystem: string };

const OF_SOURCES: ReadonlySet<string> = new Set(['Debian', 'Ubuntu', 'Alpine']);

/** Of a package that is its own source one; else the source first. */
export function subjectsOf({ ecosystem, name, version, source }: Asked): readonly Subject[] {
  const ofSource: Subject = { ecosystem, name: source.name, version: source.version };
  const isOwn = source.name === name && source.version === version;
  return isOwn || OF_SOURCES.has(ecosystemFamily(ecosystem)) ? [ofSource] : [ofSource, { ecosystem, name, version }];
}

/** The buckets of advisories that speak of a package; none where no ecosystem is known. */
export function advisoryBucketsOf(pkg: Pick<Package, 'name' | 'version' | 'source' | 'ecosystem'>): readonly string[] {
  const { ecosystem } = pkg;
  if (ecosystem === null) return [];
  return [...new Set(subjectsOf({ ...pkg, ecosystem }).flatMap(({ name }) => advisoryBuckets(ecosystem, name)))];
}
