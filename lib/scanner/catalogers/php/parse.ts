/**
 * Reads `installed.json`, in which Composer notes what it installed: a list, since Composer 2 in an
 * object with the names of those that are for development.
 */
import {
  membersOf,
  readJson,
  stated,
  type StatedContent,
  statedIn,
  type StatedPackage,
  unreadable,
} from '../stated.ts';

const NAME = /^(?=.{1,255}$)[a-z0-9](?:[a-z0-9_.-]*[a-z0-9])?\/[a-z0-9](?:[a-z0-9_.-]*[a-z0-9])?$/u;

/**
 * The packages that were installed, those for development among them. What they replace or provide
 * is not there.
 */
export function parseInstalled(bytes: Uint8Array): StatedContent {
  const json = readJson(bytes);
  if ('problem' in json) return unreadable(json.problem);
  const packages = Array.isArray(json.value) ? json.value : membersOf(json.value)['packages'];
  if (!Array.isArray(packages)) return unreadable('it lists no packages');
  return statedIn(packages.values().map(packageOf));
}

function packageOf(entry: unknown): StatedPackage | string {
  const { name, version, license } = membersOf(entry);
  return stated(
    typeof name === 'string' ? name.toLowerCase() : name,
    // Tags are often called so.
    typeof version === 'string' ? version.replace(/^v(?=\d)/iu, '') : version,
    [license].flat(),
    NAME,
  );
}
