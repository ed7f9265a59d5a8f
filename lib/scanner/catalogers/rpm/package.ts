/**
 * A package as its header says it.
 */
import type { Header } from './header.ts';
import { Damage } from './pieces.ts';

export interface RpmPackage {
  readonly name: string;
  /** `[epoch:]version-release`; an epoch of 0 is none. */
  readonly version: string;
  readonly architecture: string | null;
  /** Of the source package; its epoch is not stated anywhere (sources.ts). Null where no source is stated. */
  readonly source: { readonly name: string; readonly version: string } | null;
  readonly licence: string | null;
}

/** Keys that packages are signed with: rpm keeps them among its packages, and they are no software. */
const KEYS = 'gpg-pubkey';

const VERSION_RELEASE = /^[!-,.-~]{1,255}-[!-,.-~]{1,255}$/u;
const WORD = /^[!-~]{1,255}$/u;
/** What rpm makes of a tag that is not there, where a list is written with `--queryformat`. */
const NONE = '(none)';
const LONGEST_LICENCE = 8192;
const SOURCE = /^(?<name>[!-~]{1,255})-(?<version>[!-,.-~]{1,255}-[!-,.-~]{1,255})\.(?:no)?src\.rpm$/u;

/**
 * Null for what is no package.
 *
 * @throws Damage
 */
export function packageOf(header: Header): RpmPackage | null {
  return checkedPackage({
    name: header.text('name') ?? '',
    epoch: String(header.numbers('epoch')[0] ?? 0),
    versionRelease: `${header.text('version') ?? ''}-${header.text('release') ?? ''}`,
    architecture: header.text('architecture'),
    sourceRpm: header.text('sourceRpm'),
    licence: header.text('licence'),
  });
}

export interface Said {
  readonly name: string;
  readonly epoch: string;
  readonly versionRelease: string;
  readonly architecture: string | null;
  readonly sourceRpm: string | null;
  readonly licence: string | null;
}

/**
 * What was said of a package, held to what rpm takes for one; null for what is no package.
 *
 * @throws Damage
 */
export function checkedPackage(said: Said): RpmPackage | null {
  const { name, epoch, versionRelease } = said;
  if (name === KEYS) return null;
  if (!WORD.test(name)) throw new Damage('names a package that is none');
  if (!VERSION_RELEASE.test(versionRelease)) throw new Damage(`has a version of ${name} that is none`);
  if (!/^\d{1,10}$/u.test(epoch)) throw new Damage(`has an epoch of ${name} that is none`);
  const architecture = filled(said.architecture);
  if (architecture !== null && !WORD.test(architecture))
    throw new Damage(`has an architecture of ${name} that is none`);
  const licence = filled(said.licence);
  if ((licence ?? '').length > LONGEST_LICENCE) throw new Damage(`has a licence of ${name} that is none`);
  const sourceRpm = filled(said.sourceRpm);
  const source = sourceRpm === null ? null : SOURCE.exec(sourceRpm)?.groups;
  if (source === undefined) throw new Damage(`has a source of ${name} that is none`);

  return {
    name,
    version: withEpoch(epoch, versionRelease),
    architecture,
    source: source === null ? null : { name: source['name'] ?? '', version: source['version'] ?? '' },
    licence,
  };
}

export function withEpoch(epoch: string, versionRelease: string): string {
  return Number(epoch) === 0 ? versionRelease : `${Number(epoch)}:${versionRelease}`;
}

function filled(text: string | null): string | null {
  return text === null || text === '' || text === NONE ? null : text;
}
