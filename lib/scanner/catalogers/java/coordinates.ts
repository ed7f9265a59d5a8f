/**
 * What an archive of Java says of itself: Maven coordinates from `pom.properties`, or what the
 * manifest and the file's name give.
 */
import { groupOf, type Manifest } from './groups.ts';

export interface Coordinates {
  readonly group: string;
  readonly artifact: string;
  readonly version: string;
}

const PART = /^[\w.-]{1,255}$/u;
const VERSION = /^[\w.+~-]{1,255}$/u;
const GROUP = /^[a-z][\w-]*(?:\.[a-z0-9][\w-]*)+$/u;
const VENDOR = /^[^.]+\.(?<name>[^.]+)$/u;
/** `spring-core-5.3.18`: the version begins with the first number behind a dash. */
const NAMED = /^(?<artifact>.+?)-(?<version>\d[\w.+~-]*)$/u;
const MOST_LINES = 10_000;

/** Reads a `pom.properties`; null where it does not say all three. */
export function readProperties(text: string): Coordinates | null {
  const values = new Map<string, string>();
  for (const line of text.split(/\r\n|\n|\r/u, MOST_LINES)) {
    const [, name, value] = /^[ \t\f]*([^#!=:\s][^=:\s]*)[ \t\f]*[=:][ \t\f]*(.*)$/u.exec(line) ?? [];
    if (name !== undefined && value !== undefined) values.set(name, value.trim());
  }
  return coordinatesOf(values.get('groupId'), values.get('artifactId'), values.get('version'));
}

/** Reads the main attributes of a manifest, which end with the first empty line. */
export function readManifest(text: string): Manifest {
  const attributes = new Map<string, string>();
  const [main = ''] = text.replace(/\r\n?/gu, '\n').split('\n\n', 1);
  // A line that begins with a space goes on where the one before ended.
  for (const line of main.replaceAll('\n ', '').split('\n', MOST_LINES)) {
    const colon = line.indexOf(': ');
    if (colon > 0) attributes.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 2).trim());
  }
  return attributes;
}

/**
 * What the manifest and the name of the file say together.
 *
 * Advisories name packages by group and artifact. A manifest has no place for either, so only what
 * is certain counts: the group that Maven's archiver writes (`Implementation-Vendor-Id`), and
 * groups of well-known artifacts (groups.ts). A guess would be read as "not affected".
 *
 * @param name - of the file, without its folder
 */
export function readByName(name: string, manifest: Manifest): Coordinates | null {
  const base = name.replace(/\.[^.]+$/u, '');
  const said = NAMED.exec(base)?.groups;
  const version = said?.['version'] ?? stated(manifest);
  const artifact = said?.['artifact'] ?? base;
  const known = groupOf(artifact, manifest);
  if (known !== null) return coordinatesOf(known.group, known.artifact, version);
  const group = manifest.get('implementation-vendor-id') ?? '';
  return said !== undefined && isGroup(group, artifact) ? coordinatesOf(group, artifact, version) : null;
}

/** `org.apache` is a vendor's name, and no group of its artifacts; `org.hibernate` is one of `hibernate-core`. */
function isGroup(group: string, artifact: string): boolean {
  const name = VENDOR.exec(group)?.groups?.['name'];
  return GROUP.test(group) && (name === undefined || artifact.startsWith(name));
}

function stated(manifest: Manifest): string | undefined {
  return manifest.get('implementation-version') ?? manifest.get('bundle-version');
}

function coordinatesOf(group = '', artifact = '', version = ''): Coordinates | null {
  return PART.test(group) && PART.test(artifact) && VERSION.test(version) ? { group, artifact, version } : null;
}
