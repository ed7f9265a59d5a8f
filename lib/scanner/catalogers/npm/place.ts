/**
 * Where npm, yarn, pnpm, Bun and Debian put packages.
 *
 * The manifest of a package lies in a folder of `node_modules`, which is in no package or right in
 * one. What packages have deeper in them (fixtures of their tests, folders that say how to load
 * their files) was not installed.
 */
const NODE_MODULES = /(?:^|\/)node_modules\/(.+)\/package\.json$/u;
/** Debian's own places, which its Node.js looks for packages in. */
const DEBIAN = /^usr\/(?:share|lib(?:\/[^/]+)?)\/nodejs\/(.+)\/package\.json$/u;

const PACKAGE = String.raw`(?:@[^/]+/)?[^/@.][^/]*`;
/** `.pnpm/a@1.0.0`, `.store/a-npm-1.0.0-abc`: a folder a package, with its `node_modules`. */
const STORED = String.raw`\.[^/]+(?:/[^/]+)?`;
const ON_THE_WAY = new RegExp(`^(?:${PACKAGE}|${STORED})$`, 'u');
/** In yarn's store the package may lie in a folder of this name. */
const INSTALLED = new RegExp(String.raw`^(?:${PACKAGE}|\.store/[^/]+/package)$`, 'u');

/** True for the manifest of an installed package. */
export function isManifest(path: string): boolean {
  if (!path.endsWith('/package.json')) return false;
  const [, inside] = DEBIAN.exec(path) ?? NODE_MODULES.exec(path) ?? [];
  if (inside === undefined) return false;
  const places = inside.split('/node_modules/');
  return INSTALLED.test(places.at(-1) ?? '') && places.slice(0, -1).every((place) => ON_THE_WAY.test(place));
}
