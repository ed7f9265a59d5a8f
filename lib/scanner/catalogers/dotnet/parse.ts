/**
 * Reads `*.deps.json`, in which .NET notes what a program is made of when it is built
 * (https://github.com/dotnet/sdk/blob/main/documentation/specs/runtime-configuration-file.md).
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

const NAME = /^\w[\w.-]{0,254}$/u;
/** The types of libraries that come from NuGet; others are the program's own projects and files. */
const PACKAGE = 'package';
const RUNTIME = 'runtimepack';
/** What a library brings for the program to run. */
const ASSETS = ['runtime', 'runtimeTargets', 'native', 'resources'];

/**
 * The packages of which files go with the program: those that only bring others, or that were there
 * for the build, are left out. The runtime of a self-contained program is a package too.
 */
export function parseDeps(bytes: Uint8Array): StatedContent {
  const json = readJson(bytes);
  if ('problem' in json) return unreadable(json.problem);
  const { runtimeTarget, targets, libraries } = membersOf(json.value);
  if (typeof libraries !== 'object' || libraries === null) return unreadable('it lists no libraries');
  const target = typeof runtimeTarget === 'string' ? runtimeTarget : membersOf(runtimeTarget)['name'];
  const brought = new Map(Object.entries(membersOf(targets))).get(String(target));

  return statedIn(
    Object.entries(membersOf(libraries)).flatMap(([library, is]) => {
      const type = membersOf(is)['type'];
      if (type !== PACKAGE && type !== RUNTIME) return [];
      return brought === undefined || bringsFiles(membersOf(brought)[library]) ? [packageOf(library)] : [];
    }),
  );
}

function bringsFiles(library: unknown): boolean {
  const brings = membersOf(library);
  return ASSETS.some((kind) => Object.keys(membersOf(brings[kind])).length > 0);
}

/** @param library - `Newtonsoft.Json/13.0.1` */
function packageOf(library: string): StatedPackage | string {
  const slash = library.indexOf('/');
  const name = slash === -1 ? library : library.slice(0, slash);
  const version = slash === -1 ? '' : library.slice(slash + 1);
  return stated(name.replace(/^runtimepack\./u, ''), version, [], NAME);
}
