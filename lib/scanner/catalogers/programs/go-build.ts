/**
 * Reads Go's build information: the release of Go, and the modules that a program is made of
 * (go/src/runtime/debug, ParseBuildInfo).
 */
import type { GoBuild } from './go-mark.ts';

export interface Module {
  readonly name: string;
  readonly version: string;
}

export interface GoProgram {
  /** The standard library, the main module and all others, each as it was built in. */
  readonly modules: readonly Module[];
  /** What could not be read, as the end of a sentence about the file. */
  readonly problems: readonly string[];
}

const RELEASE =
  /^go(?<major>\d+)(?:\.(?<minor>\d+))?(?:\.(?<patch>\d+))?(?:(?<stage>beta|rc)(?<number>\d+))?(?=$|[ \-+])/u;
/** What nobody tagged: a build from a folder. */
const UNTAGGED = '(devel)';
const MODULE = /^[!-~]{1,1000}$/u;
const MOST_MODULES = 10_000;

export function readGoBuild({ version, modules: text }: GoBuild): GoProgram {
  const release = releaseOf(version);
  const { modules, path, problems } = readModules(text);
  return {
    modules: [...(release === null ? [] : standard(release, path)), ...modules],
    problems: [
      ...(release === null ? [`was built by a Go of no known release${quoted(version)}`] : []),
      ...(text === '' ? ['does not say which modules it is made of'] : problems),
    ],
  };
}

/** `go1.22` → `1.22.0`, `go1.22rc1` → `1.22.0-rc.1`: as advisories of Go write it. */
export function releaseOf(version: string): string | null {
  const { major, minor = '0', patch = '0', stage, number } = RELEASE.exec(version)?.groups ?? {};
  if (major === undefined) return null;
  const suffix = stage === undefined || number === undefined ? '' : `-${stage}.${number}`;
  return `${major}.${minor}.${patch}${suffix}`;
}

/** The programs of Go itself are of the toolchain, which has advisories of its own. */
function standard(version: string, path: string): readonly Module[] {
  const library = { name: 'stdlib', version };
  return path.startsWith('cmd/') ? [library, { name: 'toolchain', version }] : [library];
}

function readModules(text: string): { modules: readonly Module[]; path: string; problems: readonly string[] } {
  const modules: Module[] = [];
  const problems: string[] = [];
  let path = '';
  for (const line of text.split('\n')) {
    const [word = '', name = '', version = ''] = line.split('\t');
    if (word === 'path') path = name;
    if (word !== 'mod' && word !== 'dep' && word !== '=>') continue;
    if (modules.length === MOST_MODULES)
      return { modules, path, problems: [`names more than ${MOST_MODULES} modules`] };
    // A replacement that has a version is what was built in; one that is a folder says of which module it is a copy.
    const replaced = word === '=>' ? modules.pop() : undefined;
    const folder = word === '=>' && (version === '' || version === UNTAGGED);
    const module = folder ? { name: replaced?.name ?? '', version: UNTAGGED } : { name, version };
    if (MODULE.test(module.name) && MODULE.test(module.version)) modules.push(module);
    else if (word !== 'mod' || module.version !== '')
      problems.push(`names a module that is none${quoted(module.name)}`);
  }
  return { modules, path, problems: problems.slice(0, 1) };
}

function quoted(text: string): string {
  return text === '' ? '' : ` (${JSON.stringify(text.slice(0, 80))})`;
}
