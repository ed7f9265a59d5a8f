/**
 * Reads package.json(5), the manifest of a package of npm as it was installed.
 */
import { membersOf, readJson, stated, type StatedContent, statedIn, unreadable } from '../stated.ts';

/** Older names have capitals and marks that new ones may not have. */
const NAME = /^(?=.{1,214}$)(?:@[\w~!*'().-]+\/)?[\w~!*'()-][\w~!*'().-]*$/u;

/**
 * The package that a manifest names. A manifest with neither name nor version tells Node how to load
 * the files beside it, and is of no package.
 */
export function parseManifest(bytes: Uint8Array): StatedContent {
  const json = readJson(bytes);
  if ('problem' in json) return unreadable(json.problem);
  const { name, version, license, licenses } = membersOf(json.value);
  if (name === undefined && version === undefined) return statedIn([]);
  const licences = [license, licenses].flat().map(licenceOf);
  return statedIn([stated(name, typeof version === 'string' ? cleaned(version) : version, licences, NAME)]);
}

/** `MIT`; in older manifests `{ "type": "MIT", "url": … }`, and lists of those. */
function licenceOf(licence: unknown): unknown {
  return typeof licence === 'string' ? licence : membersOf(licence)['type'];
}

/** What npm takes off a version when it reads a manifest. */
function cleaned(version: string): string {
  return version.trim().replace(/^[=v]+/u, '');
}
