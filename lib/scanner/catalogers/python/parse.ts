/**
 * Reads what Python's installers write of a distribution: core metadata
 * (https://packaging.python.org/specifications/core-metadata) in METADATA or PKG-INFO, and the name
 * of the folder that it lies in.
 */
import { stated, type StatedContent, statedIn } from '../stated.ts';

const NAME = /^[a-z0-9](?:[a-z0-9-]{0,212}[a-z0-9])?$/u;
const FIELD = /^([A-Za-z][A-Za-z0-9-]*)[ \t]*:[ \t]*(.*)$/su;
/** `six-1.16.0.dist-info`, `six-1.16.0-py3.9.egg-info`, `six.egg-info` */
const FOLDER = /^([^-]+)(?:-([^-]+)(?:-.*)?)?\.(?:dist-info|egg-info|egg)$/u;
const CLASSIFIED = 'License :: ';

type Fields = ReadonlyMap<string, readonly string[]>;

/** The distribution that metadata speaks of; what they leave out is in the name of the folder. */
export function parseMetadata(path: string, bytes: Uint8Array): StatedContent {
  const fields = fieldsOf(new TextDecoder().decode(bytes));
  const first = (field: string): string | undefined => fields.get(field)?.find((value) => value !== '');
  const folder = path.split('/').findLast((part) => FOLDER.test(part));
  const [, name, version] = FOLDER.exec(folder ?? '') ?? [];
  return statedIn([stated(normalized(first('name') ?? name), first('version') ?? version, licencesOf(fields), NAME)]);
}

/** The distribution by its folder alone. */
export function parseFolder(path: string): StatedContent {
  return parseMetadata(path, new Uint8Array());
}

/** The name as PEP 503 has it, by which distributions are the same. */
function normalized(name: string | undefined): string | undefined {
  return name?.toLowerCase().replaceAll(/[-_.]+/gu, '-');
}

/** The expression, else what the author wrote, else the classifiers. */
function licencesOf(fields: Fields): readonly string[] {
  const expression = fields.get('license-expression') ?? [];
  if (expression.length > 0) return expression;
  const written = (fields.get('license') ?? []).filter((value) => value !== '' && value !== 'UNKNOWN');
  const classified = (fields.get('classifier') ?? [])
    .filter((value) => value.startsWith(CLASSIFIED))
    .map((value) => value.slice(value.lastIndexOf(' :: ') + ' :: '.length));
  // Some put the whole text there.
  const named = written.filter((value) => !value.includes('\n'));
  return [named, classified, written].find((some) => some.length > 0) ?? [];
}

/** Fields by their names in lower case, up to the first empty line. */
function fieldsOf(text: string): Fields {
  const fields = new Map<string, string[]>();
  let last: string[] | null = null;
  for (const line of text.split('\n')) {
    if (line.trim() === '') break;
    if (/^[ \t]/u.test(line)) {
      // What goes on may be of a field or of none: metadata of old were folded carelessly.
      if (last !== null) last.push(`${last.pop() ?? ''}\n${line.trim()}`);
      continue;
    }
    const [, name, value] = FIELD.exec(line) ?? [];
    if (name === undefined || value === undefined) continue;
    last = fields.get(name.toLowerCase()) ?? [];
    last.push(value.trim());
    fields.set(name.toLowerCase(), last);
  }
  return fields;
}
