/**
 * Reads a gemspec as RubyGems writes it when it installs a gem: a program, of which only the
 * assignments of literals are read, and none is run.
 */
import { stated, type StatedContent, statedIn } from '../stated.ts';

const NAME = /^[A-Za-z0-9_.-]{1,255}$/u;

/** `# stub: nokogiri 1.16.0 x86_64-linux lib`: what RubyGems itself reads in place of the program. */
const STUB = /^# stub: (\S+) (\S+) \S+ /mu;
/** `"rake".freeze`; an interpolation is none. */
const LITERAL = String.raw`[ \t]*(?:"([^"#\\\n]*)"|'([^'\\\n]*)'|%q<([^>\n]*)>)`;
const ASSIGNED_NAME = assignment(String.raw`name[ \t]*=${LITERAL}`);
const ASSIGNED_VERSION = assignment(String.raw`version[ \t]*=(?:[ \t]*Gem::Version\.new\(?)?${LITERAL}`);
const ASSIGNED_LICENCES = assignment(String.raw`licenses?[ \t]*=([^\n]{1,2000})`);
/** `nokogiri-1.16.0-x86_64-linux.gemspec` */
const FILE = /^(.+?)-(\d[0-9A-Za-z]*(?:\.[0-9A-Za-z]+)*)(?:-.+)?\.gemspec$/u;

/** The gem of a gemspec; what its literals leave out is in the name of the file. */
export function parseGemspec(path: string, bytes: Uint8Array): StatedContent {
  const text = new TextDecoder().decode(bytes);
  const [, stubName, stubVersion] = STUB.exec(text) ?? [];
  const [, fileName, fileVersion] = FILE.exec(path.slice(path.lastIndexOf('/') + 1)) ?? [];
  const name = stubName ?? literalOf(ASSIGNED_NAME.exec(text)) ?? fileName;
  const version = stubVersion ?? literalOf(ASSIGNED_VERSION.exec(text)) ?? fileVersion;
  return statedIn([stated(name, version, licencesOf(text), NAME)]);
}

function licencesOf(text: string): readonly string[] {
  const [, written = ''] = ASSIGNED_LICENCES.exec(text) ?? [];
  return [...written.matchAll(new RegExp(LITERAL, 'gu'))].flatMap((found) => literalOf(found) ?? []);
}

/** Of a literal in one of its forms; the others matched nothing. */
function literalOf(found: readonly (string | undefined)[] | null): string | undefined {
  return found?.slice(1).find((literal) => literal !== undefined);
}

function assignment(what: string): RegExp {
  return new RegExp(String.raw`^[ \t]*\w+\.${what}`, 'mu');
}
