/**
 * Package URLs (https://github.com/package-url/purl-spec), read and written as the specification's
 * test suite has them.
 */
import { PackageURL } from 'packageurl-js';

import { type Distribution, isOfDistribution, type Package, type PackageType } from './inventory.ts';

export interface PurlParts {
  readonly type: string;
  readonly namespace: string | null;
  readonly name: string;
  readonly version: string | null;
  readonly qualifiers: Readonly<Record<string, string>>;
  readonly subpath: string | null;
}

type Named = Pick<Package, 'type' | 'name' | 'version' | 'architecture'>;

/** The library has a mistake where it holds versions of Go to their form: they are given to it as another type's. */
const GO = /^(?<scheme>pkg:\/*)golang\//iu;

/** Types whose packages have a namespace in their names. */
const NAMESPACED: ReadonlySet<PackageType> = new Set(['npm', 'composer', 'golang', 'maven']);

/** Whose packages these are, where that is not what os-release(5) calls the distribution. */
const VENDORS: readonly (readonly [id: RegExp, vendor: string])[] = [
  [/^rhel$/u, 'redhat'],
  [/^opensuse(?:-.*)?$/u, 'opensuse'],
  [/^sle[sd]?(?:[-_].*)?$/u, 'suse'],
];

/**
 * Takes names of qualifiers in upper case too, as people write them.
 *
 * @throws Error where the text is no package URL
 */
export function readPurl(text: string): PurlParts {
  const purl = PackageURL.fromString(text.replace(GO, '$<scheme>generic/'));
  const { namespace, name, version, qualifiers, subpath } = purl;
  return {
    type: GO.test(text) ? 'golang' : purl.type,
    namespace: namespace ?? null,
    name,
    version: version ?? null,
    qualifiers: { ...qualifiers },
    subpath: subpath ?? null,
  };
}

/** @throws Error where the parts make no package URL: a Maven artifact without a group, an empty name */
export function writePurl({ type, namespace, name, version, qualifiers, subpath }: PurlParts): string {
  const isGo = type === 'golang';
  const purl = new PackageURL(
    isGo ? 'generic' : type,
    namespace?.toWellFormed(),
    name.toWellFormed(),
    version?.toWellFormed(),
    Object.keys(qualifiers).length === 0 ? undefined : { ...qualifiers },
    subpath ?? undefined,
  );
  const written = isGo ? purl.toString().replace(/^pkg:generic/u, 'pkg:golang') : purl.toString();
  // The library leaves some signs that are to be encoded everywhere, and encodes colons, which never are.
  return written.replaceAll(/[!'()*+]/gu, encodeSign).replaceAll('%3A', ':');
}

/**
 * The package URL of what the scanner found: for a distribution the vendor is the namespace, and the
 * distribution with its release a qualifier
 * (`pkg:deb/debian/perl-base@5.36.0-7%2Bdeb12u3?arch=amd64&distro=debian-12`). It never throws: what
 * has no name of its type is `generic`.
 */
export function packageUrl(one: Named, distribution: Distribution | null): string {
  try {
    return writePurl(partsOf(one, distribution));
  } catch {
    const name = one.name.trim() === '' ? 'unnamed' : one.name;
    return writePurl({ type: 'generic', namespace: null, name, version: one.version, qualifiers: {}, subpath: null });
  }
}

/** The namespace that a package of a language has in its name; null where it has none. */
export function namespaceOf({ type, name }: Pick<Package, 'type' | 'name'>): string | null {
  const at = NAMESPACED.has(type) ? name.lastIndexOf(separatorOf(type)) : -1;
  return at > 0 ? name.slice(0, at) : null;
}

/** The name of the package as advisories write it; a distribution's namespace is no part of it. */
export function nameIn({ type, namespace, name }: Pick<PurlParts, 'type' | 'namespace' | 'name'>): string {
  const isPartOfName = namespace !== null && !isOfDistribution(type);
  return isPartOfName ? `${namespace}${separatorOf(type)}${name}` : name;
}

function partsOf(one: Named, distribution: Distribution | null): PurlParts {
  const { type, name, version } = one;
  if (isOfDistribution(type)) return ofDistribution(one, distribution);
  const namespace = namespaceOf(one);
  return {
    type,
    // A jar that names no group is taken for one of its own name.
    namespace: namespace ?? (type === 'maven' ? name : null),
    name: namespace === null ? name : name.slice(namespace.length + 1),
    version,
    qualifiers: {},
    subpath: null,
  };
}

function ofDistribution({ type, name, version, architecture }: Named, distribution: Distribution | null): PurlParts {
  const [, epoch, rest = version] = (type === 'rpm' ? /^(\d+):(.*)$/su.exec(version) : null) ?? [];
  return {
    type,
    namespace: distribution === null ? null : vendorOf(distribution.id),
    name,
    version: rest,
    qualifiers: {
      ...(architecture !== null && { arch: architecture }),
      ...(distribution !== null && { distro: [distribution.id, distribution.versionId ?? []].flat().join('-') }),
      ...(epoch !== undefined && { epoch }),
    },
    subpath: null,
  };
}

function vendorOf(id: string): string {
  return VENDORS.find(([pattern]) => pattern.test(id))?.[1] ?? id;
}

function separatorOf(type: string): string {
  return type === 'maven' ? ':' : '/';
}

function encodeSign(sign: string): string {
  return `%${sign.charCodeAt(0).toString(16).toUpperCase()}`;
}
