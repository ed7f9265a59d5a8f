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
import { subjectsOf } from './subjects.ts';

/** What is not to be had of a package URL, and why. */
export interface Unplaced {
  readonly error: string;
}

/** Namespaces that are not what os-release(5) calls the distribution. */
const IDS: ReadonlyMap<string, string> = new Map([
  ['alma', 'almalinux'],
  ['azure-linux', 'azurelinux'],
  ['redhat', 'rhel'],
  ['rocky-linux', 'rocky'],
  ['suse', 'sles'],
]);

/** `debian-12`, `opensuse-leap-15.6`, `v3.20`, `20230201` */
const DISTRO = /^(?:(?<id>[a-z][\w.-]*)-)?v?(?<release>\d[\d.]*)$/iu;

/** How Syft names the source of a package of RPM. */
const SOURCE_RPM = /^(?<name>.+)-(?<version>[^-]+-[^-]+)\.src\.rpm$/u;

/**
 * All that is asked of advisories about it, as of the same package in an image (subjects.ts).
 *
 * @param source - what a distribution's package is built from, where the package URL does not say it
 */
export function subjectsOfPurl(text: string, source: ListedComponent['source'] = null): readonly Subject[] | Unplaced {
  let purl: PurlParts;
  try {
    purl = readPurl(text);
  } catch (error) {
    return { error: `it is no package URL: ${Error.isError(error) ? error.message : String(error)}` };
  }
  const { type, name, version, qualifiers } = purl;
  if (version === null) return { error: 'it names no version' };
  const language = LANGUAGE_ECOSYSTEMS.get(type);
  if (language !== undefined) return [{ ecosystem: language, name: spellingOf(language, nameIn(purl)), version }];

  const ecosystem = ofDistribution(purl);
  if (typeof ecosystem !== 'string') return ecosystem;
  const { epoch } = qualifiers;
  const own = epoch === undefined || version.includes(':') ? version : `${epoch}:${version}`;
  const built = qualifiers['arch'] === 'source' ? null : (sourceIn(purl, own) ?? source);
  const from = { name: built?.name ?? name, version: built?.version ?? own };
  return subjectsOf({ ecosystem, name, version: own, source: from });
}

function ofDistribution({ type, namespace, qualifiers }: PurlParts): string | Unplaced {
  const { id: said = '', release: versionId = null } = DISTRO.exec(qualifiers['distro'] ?? '')?.groups ?? {};
  const named = namespace ?? '';
  const id = [said, IDS.get(named) ?? named].find((one) => isAdvised(type, one));
  if (id === undefined) return { error: `no advisories are known for packages of ${type}/${named}` };
  const error = `its distribution's release is not said: distro=${named}-RELEASE`;
  return distributionEcosystem({ id, versionId }) ?? { error };
}

/** @param own - the version of the package: the epoch of a source of RPM is not stated, and is taken to be the same */
function sourceIn({ type, qualifiers }: PurlParts, own: string): ListedComponent['source'] {
  const { upstream = '' } = qualifiers;
  if (type === 'rpm') {
    const { name, version } = SOURCE_RPM.exec(upstream)?.groups ?? {};
    const epoch = /^\d+:/u.exec(own)?.[0] ?? '';
    return name === undefined ? null : { name, version: `${epoch}${version ?? ''}` };
  }
  const [name = '', version = null] = upstream.split('@');
  return name === '' ? null : { name, version };
}
