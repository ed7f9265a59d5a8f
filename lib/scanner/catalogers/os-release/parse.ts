/**
 * Reads os-release(5): assignments as a shell would read them.
 */
import type { Distribution } from '../../../core/sbom/inventory.ts';
import { plainLine } from '../../../core/text/plain.ts';

const ASSIGNMENT = /^\s*([A-Z0-9_]+)=(.*)$/su;
const MAX_LENGTH = 256;

/** What the file says. Without `ID` it is `linux`, as the manual page has it. */
export function parseOsRelease(text: string): Distribution {
  const values = new Map<string, string>();
  for (const line of text.split('\n')) {
    const [, name, value] = ASSIGNMENT.exec(line) ?? [];
    const plain = unquote((value ?? '').trim());
    if (name !== undefined && plain !== '') values.set(name, plain);
    else if (name !== undefined) values.delete(name);
  }

  const get = (name: string): string | null => values.get(name) ?? null;
  const id = (get('ID') ?? 'linux').toLowerCase();
  const versionId = get('VERSION_ID');
  return {
    id,
    versionId,
    codename: get('VERSION_CODENAME'),
    name: get('PRETTY_NAME') ?? (versionId === null ? id : `${id} ${versionId}`),
  };
}

function unquote(value: string): string {
  const [, double, single] = /^(?:"((?:\\.|[^"\\])*)"|'([^']*)')/u.exec(value) ?? [];
  const plain = double?.replaceAll(/\\(["$`\\])/gu, '$1') ?? single ?? value.replaceAll(/\\(.)/gu, '$1');
  // Names end up in messages and mails: no control characters, no novels.
  return plainLine(plain.slice(0, MAX_LENGTH));
}
