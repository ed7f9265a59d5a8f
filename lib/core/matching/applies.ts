/**
 * Whether an advisory's ecosystem speaks of a package's.
 *
 * OSV ecosystems have suffixes, parted by colons: `Debian:12`, `Ubuntu:22.04:LTS`. An advisory of
 * the whole (`Debian`) speaks of every release; one of another release, or of a paid archive
 * (`Ubuntu:Pro:…`), does not.
 */
import { releaseOf } from '../advisories/bucket.ts';

export function appliesTo(advisory: string, ecosystem: string): boolean {
  const said = releaseOf(advisory);
  const own = releaseOf(ecosystem);
  return own === said || own.startsWith(`${said}:`);
}
