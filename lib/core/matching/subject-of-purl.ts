/**
 * What a package URL speaks of, in OSV's words: ecosystem, name, version.
 *
 * A distribution's release is in the qualifier `distro` (`debian-12`), its source package in
 * `upstream` (`perl`, or `perl@5.36.0-7` where its version differs) unless `arch` is `source`.
 */
import { spellingOf } from '../advisories/bucket.ts';
import { distributionEcosystem, isAdvised } from '../sbom/ecosystem.ts';
import { LANGUAGE_ECOSYSTEMS } from '../sbom/languages.ts';
import type { ListedComponent } from '../sbom/listed-component.ts';
import { nameIn, type PurlParts, readPurl } from '../sbom/purl.ts';
import type { Subject } from './evaluate-record.ts';

/** What is not to be had of a package URL, and why. */
export interface Unplaced {
  readonly error: string;
}

/** Namespaces that are not what os-release(5) calls the distribution. */
const IDS: ReadonlyMap<string, string> = new Map([
  ...([
    ['alma', 'almalinux'],
    ['azure-linux', 'azurelinux'],
    ['redhat', 'rhel'],
  ] as const),
  ...([
    ['rocky-linux', 'rocky'],
    ['suse', 'sles'],
  ] as const),
]);

/** `debian-12`, `opensuse-leap-15.6`, `v3.20`, `20230201` */
const DISTRO = /^(?:(?<id>[a-z][\w.-]*)-)?v?(?<release>\d[\d.]*)$/iu;

/** How Syft names the source of a package of RPM. */
const SOURCE_RPM = /^(?<name>.+)-(?<version>[^-]+-[^-]+)\.src\.rpm$/u;

/** @param source - what a distribution's package is built from, where the package URL does not say it */
export function subjectOfPurl(text: string, source: ListedComponent['source'] = null): Subject | Unplaced {
  let purl: PurlParts;
  try {
    purl = readPurl(text);
  } catch (error) {
    return { error: `it is no package URL: ${Error.isError(error) ? error.message : String(error)}` };
  }
  const { type, version } = purl;
  if (version === null) return { error: 'it names no version' };
  const ecosystem = LANGUAGE_ECOSYSTEMS.get(type);
  if (ecosystem === undefined) return ofDistribution(purl, version, source);
  return { ecosystem, name: spellingOf(ecosystem, nameIn(purl)), version };
}

/**
 * All that is asked of advisories about it: of a package of RPM also its source, which some distributions
 * write of.
 */
export function subjectsOfPurl(text: string, source: ListedComponent['source'] = null): readonly Subject[] | Unplaced {
  const subject = subjectOfPurl(text, source);
  if ('error' in subject) return subject;
  const { type, qualifiers } = readPurl(text);
  if (type !== 'rpm' || qualifiers['arch'] === 'source') return [subject];
  const { name, version } = SOURCE_RPM.exec(qualifiers['upstream'] ?? '')?.groups ?? {};
  const epoch = /^\d+:/u.exec(subject.version)?.[0] ?? '';
  const said = name === undefined ? source : { name, version: `${epoch}${version ?? ''}` };
  if (said === null || said.name === subject.name) return [subject];
  return [subject, { ...subject, name: said.name, version: said.version ?? subject.version }];
}

function ofDistribution(
  { type, namespace, name, qualifiers }: PurlParts,
  version: string,
  source: ListedComponent['source'],
): Subject | Unplaced {
  const { distro = '', arch = '', upstream = '', epoch } = qualifiers;
  const { id: said = '', release: versionId = null } = DISTRO.exec(distro)?.groups ?? {};
  const named = namespace ?? '';
  const id = [said, IDS.get(named) ?? named].find((one) => isAdvised(type, one));
  if (id === undefined) return { error: `no advisories are known for packages of ${type}/${named}` };
  const ecosystem = distributionEcosystem({ id, versionId });
  if (ecosystem === null) return { error: `its distribution's release is not said: distro=${named}-RELEASE` };

  const own = epoch === undefined || version.includes(':') ? version : `${epoch}:${version}`;
  const built = upstream === '' && source !== null ? [source.name, source.version ?? own] : upstream.split('@');
  const [sourceName = '', sourceVersion = own] = arch === 'source' || type === 'rpm' ? [] : built;
  return {
    ecosystem,
    name: sourceName === '' ? name : sourceName,
    version: sourceName === '' ? own : sourceVersion,
  };
}
