/**
 * What a package URL speaks of, in OSV's words: ecosystem, name, version.
 *
 * A distribution's release is in the qualifier `distro` (`debian-12`), its source package in
 * `upstream` (`perl`, or `perl@5.36.0-7` where its version differs) unless `arch` is `source`.
 */
import { spellingOf } from '../advisories/bucket.ts';
import { LANGUAGE_ECOSYSTEMS } from '../sbom/languages.ts';
import type { ListedComponent } from '../sbom/listed-component.ts';
import { nameIn, type PurlParts, readPurl } from '../sbom/purl.ts';
import type { Subject } from './evaluate-record.ts';

/** What is not to be had of a package URL, and why. */
export interface Unplaced {
  readonly error: string;
}

/** `TYPE/NAMESPACE` → OSV ecosystem, and how it is said of a release; null where it has none. */
const major = /^v?(?<release>\d+)/u;
const minor = /^v?(?<release>\d+\.\d+)/u;
const DISTRIBUTIONS = new Map<string, readonly [ecosystem: string, release: RegExp | null, prefix?: string]>([
  ['deb/debian', ['Debian', major]],
  ['deb/ubuntu', ['Ubuntu', minor]],
  ['apk/alpine', ['Alpine', minor, 'v']],
  ['apk/chainguard', ['Chainguard', null]],
  ['apk/wolfi', ['Wolfi', null]],
  ['rpm/almalinux', ['AlmaLinux', major]],
  ['rpm/azurelinux', ['Azure Linux', major]],
  ['rpm/rocky', ['Rocky Linux', major]],
  ['rpm/rocky-linux', ['Rocky Linux', major]],
]);

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

function ofDistribution(
  { type, namespace, name, qualifiers }: PurlParts,
  version: string,
  source: ListedComponent['source'],
): Subject | Unplaced {
  const { distro = '', arch = '', upstream = '', epoch } = qualifiers;
  const family = `${type}/${namespace ?? ''}`;
  const known = DISTRIBUTIONS.get(family);
  if (known === undefined) return { error: `no advisories are known for packages of ${family}` };

  const [ecosystem, form, prefix = ''] = known;
  const release = form?.exec(distro.slice(distro.lastIndexOf('-') + 1))?.groups?.['release'];
  if (form !== null && release === undefined) {
    return { error: `its distribution's release is not said: distro=${namespace ?? ''}-RELEASE` };
  }
  const own = epoch === undefined || version.includes(':') ? version : `${epoch}:${version}`;
  const said = upstream === '' && source !== null ? [source.name, source.version ?? own] : upstream.split('@');
  const [sourceName = '', sourceVersion = own] = arch === 'source' || type === 'rpm' ? [] : said;
  return {
    ecosystem: release === undefined ? ecosystem : `${ecosystem}:${prefix}${release}`,
    name: sourceName === '' ? name : sourceName,
    version: sourceName === '' ? own : sourceVersion,
  };
}
