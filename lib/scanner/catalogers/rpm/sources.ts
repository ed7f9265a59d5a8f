/**
 * The sources of packages with their epochs.
 *
 * A header names its source as a file, `perl-5.32.1-480.el9.src.rpm`, which leaves the epoch out, and
 * advisories name it. A binary that was given no version of its own has its source's, so the epoch
 * is that of a package of the same source and version: `perl-libs 4:5.32.1-480.el9` says it for
 * `perl-Errno 1.30-480.el9`. Where there is none, a package's own epoch stands for it.
 */
import { type RpmPackage, withEpoch } from './package.ts';

type Source = NonNullable<RpmPackage['source']>;

/** @param packages - of one database */
export function sourcesOf(packages: readonly RpmPackage[]): (one: RpmPackage) => Source {
  const epochs = new Map<string, number>();
  for (const { source, version } of packages) {
    const [epoch, versionRelease] = cut(version);
    if (source?.version !== versionRelease) continue;
    const key = keyOf(source);
    epochs.set(key, Math.max(epoch, epochs.get(key) ?? 0));
  }
  return ({ name, version, source }) => {
    if (source === null) return { name, version };
    const epoch = epochs.get(keyOf(source)) ?? cut(version)[0];
    return { name: source.name, version: withEpoch(String(epoch), source.version) };
  };
}

function cut(version: string): readonly [epoch: number, versionRelease: string] {
  const [, epoch, rest = version] = /^(\d+):(.*)$/su.exec(version) ?? [];
  return [Number(epoch ?? 0), rest];
}

function keyOf({ name, version }: Source): string {
  return `${name} ${version}`;
}
