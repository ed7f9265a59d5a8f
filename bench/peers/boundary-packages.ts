/**
 * Packages at which an answer may change: of each package that advisories name, every version that they
 * name, and its neighbours in the spelling of the ecosystem.
 */
import type { OsvRecord } from '../../lib/core/advisories/records.ts';
import { LANGUAGE_ECOSYSTEMS } from '../../lib/core/sbom/languages.ts';

export interface Asked {
  /** By OSV's names, with the release. */
  readonly ecosystem: string;
  readonly name: string;
  readonly version: string;
  /** The same as a package URL. */
  readonly purl: string;
}

/** Enumerated versions of a package that are asked about: the first, the last and some between. */
const MOST_ENUMERATED = 12;

const TYPES = new Map([...LANGUAGE_ECOSYSTEMS].map(([type, ecosystem]) => [ecosystem, type]));
const DISTRIBUTIONS = new Map([
  ['AlmaLinux', 'rpm/almalinux'],
  ['Alpine', 'apk/alpine'],
  ['Debian', 'deb/debian'],
  ['Rocky Linux', 'rpm/rocky'],
  ['Ubuntu', 'deb/ubuntu'],
]);

/** In the order of their package URLs, each once. Ecosystems of which no package URL speaks are left out. */
export function boundaryPackages(records: readonly OsvRecord[]): readonly Asked[] {
  const asked = new Map<string, Asked>();
  for (const { affected } of records) {
    for (const { ecosystem, name, ranges, versions } of affected) {
      const events = ranges.flatMap(({ type, events: some }) => (type === 'GIT' ? [] : some.flatMap(versionsOf)));
      for (const version of [...events, ...someOf(versions)].flatMap((one) => [one, ...neighboursOf(one)])) {
        const purl = purlOf(ecosystem, name, version);
        if (purl !== null) asked.set(purl, { ecosystem, name, version, purl });
      }
    }
  }
  return [...asked.values()].sort((a, b) => (a.purl < b.purl ? -1 : 1));
}

function versionsOf(event: OsvRecord['affected'][number]['ranges'][number]['events'][number]): readonly string[] {
  return Object.values(event).filter((version): version is string => typeof version === 'string');
}

function someOf(listed: readonly string[]): readonly string[] {
  const step = Math.max(1, Math.floor(listed.length / MOST_ENUMERATED));
  return listed.filter((_, at) => at === listed.length - 1 || at % step === 0);
}

/** A pre-release of it, and its last number one more and one less. */
function neighboursOf(version: string): readonly string[] {
  if (version === '*') return [];
  if (version === '0') return ['0.0.0', '0.0.1'];
  const { before, number, rest } = /^(?<before>.*?)(?<number>\d+)(?<rest>\D*)$/u.exec(version)?.groups ?? {};
  if (before === undefined || number === undefined) return [];
  const beside = [Number(number) + 1, Number(number) - 1].filter((one) => one >= 0 && one <= Number.MAX_SAFE_INTEGER);
  return [...beside.map((one) => `${before}${String(one)}${rest ?? ''}`), ...(rest === '' ? [`${version}-rc.1`] : [])];
}

function purlOf(ecosystem: string, name: string, version: string): string | null {
  const [family = '', ...release] = ecosystem.split(':');
  const type = TYPES.get(ecosystem);
  if (type !== undefined) return `pkg:${type}/${pathOf(family, name)}@${encodeURIComponent(version)}`;
  const namespace = DISTRIBUTIONS.get(family);
  // A paid archive is no release.
  if (namespace === undefined || release[0] === undefined || release[0] === 'Pro') return null;
  const distro = `${namespace.split('/')[1] ?? ''}-${release[0].replace(/^v/u, '')}`;
  return `pkg:${namespace}/${encodeURIComponent(name)}@${encodeURIComponent(version)}?arch=source&distro=${distro}`;
}

function pathOf(family: string, name: string): string {
  return name
    .split(family === 'Maven' ? ':' : '/')
    .map(encodeURIComponent)
    .join('/');
}
