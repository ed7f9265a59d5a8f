/** Reads a file of another tool that says what is to be ignored, whichever of the known forms it has: whole, or not at all. */
import { parse } from 'yaml';
import type { ZodType } from 'zod';

import { CavendishError } from '../../core/errors/error.ts';
import type { Imported } from '../../core/exceptions/imported.ts';
import { csaf, fromCsaf } from './csaf.ts';
import { fromGrype, grypeIgnore } from './grype.ts';
import { fromOpenVex, openVex } from './openvex.ts';
import { readTrivyignore } from './trivyignore.ts';
import { fromTrivyignoreYaml, trivyignoreYaml } from './trivyignore-yaml.ts';

/** As bytes; CSAF documents of a distribution are the largest. */
export const MOST_IGNORE_FILE = 16 * 1024 * 1024;

/** @throws CavendishError `bad-input` where it has none of the forms, or not the one that it looks like */
export function readIgnoreFile(bytes: Uint8Array, source: string): Imported {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new CavendishError('bad-input', `${source} is no text in UTF-8`, { cause });
  }
  const said = structured(text);
  if (said === null) return readTrivyignore(text, source);
  if ('@context' in said) return fromOpenVex(read(openVex, said, source, 'OpenVEX'));
  if ('document' in said) return fromCsaf(read(csaf, said, source, 'CSAF 2.0'));
  if ('ignore' in said) return fromGrype(read(grypeIgnore, said, source, "Grype's ignore rules"));
  const sections = ['vulnerabilities', 'misconfigurations', 'secrets', 'licenses'];
  if (sections.some((name) => name in said)) {
    return fromTrivyignoreYaml(read(trivyignoreYaml, said, source, '.trivyignore.yaml'));
  }
  throw new CavendishError('bad-input', `${source} is none of the files that can be imported`, { next: KNOWN });
}

const KNOWN = 'Known are .trivyignore, .trivyignore.yaml, the ignore rules of Grype, OpenVEX and CSAF VEX.';

/** Null where it is no mapping: a list of identifiers is one long text to YAML. */
function structured(text: string): object | null {
  try {
    // Aliases may be nested into bombs: none of the forms has any.
    const said: unknown = parse(text, { maxAliasCount: 0 });
    return typeof said === 'object' && said !== null && !Array.isArray(said) ? said : null;
  } catch {
    return null;
  }
}

function read<T>(schema: ZodType<T>, said: object, source: string, form: string): T {
  const parsed = schema.safeParse(said);
  if (parsed.success) return parsed.data;
  const mistakes = parsed.error.issues.slice(0, 5).map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new CavendishError('bad-input', `${source} looks like ${form}, and is not right: ${mistakes.join('; ')}`);
}
