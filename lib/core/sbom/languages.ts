/**
 * Languages: package managers whose packages are the same on every distribution, with the OSV ecosystem
 * whose advisories speak of them (https://ossf.github.io/osv-schema/#defined-ecosystems).
 */

/** Type of package URL → OSV ecosystem. */
export const LANGUAGE_ECOSYSTEMS: ReadonlyMap<string, string> = new Map([
  ['bitnami', 'Bitnami'],
  ['cargo', 'crates.io'],
  ['composer', 'Packagist'],
  ['gem', 'RubyGems'],
  ['golang', 'Go'],
  ['hex', 'Hex'],
  ['maven', 'Maven'],
  ['npm', 'npm'],
  ['nuget', 'NuGet'],
  ['pub', 'Pub'],
  ['pypi', 'PyPI'],
  ['swift', 'SwiftURL'],
]);

const NAMES: ReadonlySet<string> = new Set(LANGUAGE_ECOSYSTEMS.values());

/** False for a distribution's ecosystem, and for one that is not known. */
export function isLanguage(ecosystem: string): boolean {
  return NAMES.has(ecosystem);
}
