/**
 * Reads the list that Azure Linux leaves in images without a database: a package a line, written by
 * rpm with a format of name, version-release, times of install and build, vendor, epoch, size,
 * architecture, epoch as a number, and source, with tabs between.
 */
import { checkedPackage, type RpmPackage } from './package.ts';
import { attempt, Damage } from './pieces.ts';

const FIELDS = 10;

export function* readManifest(text: string): Generator<RpmPackage | Damage, void, undefined> {
  for (const [nth, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const found = attempt(() => packageIn(line, nth + 1));
    if (found !== null) yield found;
  }
}

function packageIn(line: string, number: number): RpmPackage | null {
  const fields = line.trimEnd().split('\t');
  const [name = '', versionRelease = '', , , , , , architecture = '', epoch = '', sourceRpm = ''] = fields;
  if (fields.length !== FIELDS) throw new Damage(`does not say a package in line ${number}`);
  return checkedPackage({ name, epoch, versionRelease, architecture, sourceRpm, licence: null });
}
