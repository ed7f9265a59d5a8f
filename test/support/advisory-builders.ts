/** Advisories and packages for tests: whole, and about one thing each. */
import type { OsvAffected, OsvEvent, OsvRecord } from '../../lib/core/advisories/records.ts';
import type { Digest } from '../../lib/core/image/digest.ts';
import type { Package } from '../../lib/core/sbom/inventory.ts';

export function anAdvisory(id: string, given: Partial<OsvRecord> = {}): OsvRecord {
  return {
    id,
    modified: '2026-01-01T00:00:00.000Z',
    published: null,
    withdrawn: null,
    aliases: [],
    upstream: [],
    summary: null,
    severity: [],
    affected: [affecting([{ introduced: '0' }])],
    ...given,
  };
}

/** Perl in Debian 12, in one range of events. */
export function affecting(events: readonly OsvEvent[], given: Partial<OsvAffected> = {}): OsvAffected {
  return {
    ecosystem: 'Debian:12',
    name: 'perl',
    ranges: [{ type: 'ECOSYSTEM', events }],
    versions: [],
    severity: [],
    ...given,
  };
}

interface GivenPackage {
  readonly type?: Package['type'];
  readonly name?: string;
  readonly version?: string;
  readonly architecture?: string;
  readonly source?: { readonly name: string; readonly version: string };
  readonly ecosystem?: string | null;
  readonly layer?: Digest;
  readonly path?: string;
}

/** Perl 2.0 in Debian 12, its own source. */
export function aPackage(given: GivenPackage = {}): Package {
  const { name = 'perl', version = '2.0', architecture = 'amd64', ecosystem = 'Debian:12' } = given;
  return {
    type: given.type ?? 'deb',
    name,
    version,
    architecture,
    purl: `pkg:deb/debian/${name}@${version}?arch=${architecture}`,
    source: given.source ?? { name, version },
    ecosystem,
    layer: given.layer ?? `sha256:${'1'.repeat(64)}`,
    path: given.path ?? 'var/lib/dpkg/status',
    foundBy: 'dpkg',
  };
}
