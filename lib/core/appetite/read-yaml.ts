/** Reads YAML 1.2 so that every mistake has its place, and no file takes for ever. */
import { type Document, isScalar, LineCounter, parseDocument, visit } from 'yaml';

import type { Mistake } from './mistakes.ts';
import type { ReadYaml } from './positions.ts';

/** A file that says the same twice with an anchor may; one that explodes may not. */
const MOST_ALIASES = 100;

interface NotRead {
  readonly yaml: null;
  readonly content: null;
  readonly mistakes: readonly Mistake[];
}

/** @returns with `yaml` null where it is no YAML at all; else all that is there, and the keys that are there twice */
export function readYaml(
  text: string,
): NotRead | { readonly yaml: ReadYaml; readonly content: unknown; readonly mistakes: readonly Mistake[] } {
  const lines = new LineCounter();
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  if (nestsTooDeeply(text)) {
    return { yaml: null, content: null, mistakes: [atTheTop('not readable: it is nested too deeply')] };
  }
  try {
    // The library compares each key with each; doubledKeys asks a set.
    const document = parseDocument(text, {
      lineCounter: lines,
      prettyErrors: false,
      logLevel: 'error',
      uniqueKeys: false,
    });
    const mistakes = [...document.errors, ...document.warnings].map(({ pos: [offset], message }) => ({
      ...place(offset),
      message: `not YAML: ${inWords(message)}`,
    }));
    if (mistakes.length === 0) {
      for (const { source, offset } of danglingAliases(document)) {
        mistakes.push({ ...place(offset), message: `nothing above it is anchored as &${source}` });
      }
    }
    if (mistakes.length > 0) return { yaml: null, content: null, mistakes };
    const content: unknown = document.toJS({ maxAliasCount: MOST_ALIASES });
    const doubled = doubledKeys(document).map(({ key, offset }) => ({
      ...place(offset),
      message: `the key "${key}" is there twice`,
    }));
    return { yaml: { text, document, lines }, content, mistakes: doubled };
  } catch (error) {
    const message = Error.isError(error) ? error.message : String(error);
    return { yaml: null, content: null, mistakes: [atTheTop(`not readable: ${inWords(message)}`)] };
  }
}

export function atTheTop(message: string): Mistake {
  return { line: 1, column: 1, message };
}

function doubledKeys(document: Document): readonly { readonly key: string; readonly offset: number }[] {
  const doubled: { key: string; offset: number }[] = [];
  visit(document, {
    Map(_, { items }) {
      const seen = new Set<string>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        const name = String(key.value);
        if (seen.has(name)) doubled.push({ key: name, offset: key.range?.[0] ?? 0 });
        seen.add(name);
      }
    },
  });
  return doubled;
}

/** Asked while reading, so that it has a place: made into values, the document has none. */
function danglingAliases(document: Document.Parsed): readonly { readonly source: string; readonly offset: number }[] {
  const anchors = new Set<string>();
  const dangling: { source: string; offset: number }[] = [];
  visit(document, {
    Value(_, { anchor }) {
      if (anchor !== undefined) anchors.add(anchor);
    },
    Alias(_, { source, range }) {
      if (!anchors.has(source)) dangling.push({ source, offset: range?.[0] ?? 0 });
    },
  });
  return dangling;
}

const MOST_BRACKETS = 100;

/** Counted before the library reads it: brackets in brackets take it long, and its stack. */
function nestsTooDeeply(text: string): boolean {
  let open = 0;
  for (const [bracket] of text.matchAll(/[[\]{}]/gu)) {
    open = bracket === '[' || bracket === '{' ? open + 1 : Math.max(0, open - 1);
    if (open > MOST_BRACKETS) return true;
  }
  return false;
}

/** The library speaks to programmers, and walks a document by calling itself. */
function inWords(message: string): string {
  if (message.startsWith('Nested mappings')) return `${message} (a text with ": " in it stands in quotes)`;
  if (message.includes('multiple documents')) return 'a second document begins here; an appetite is one';
  return message.includes('call stack') ? 'it is nested too deeply' : message;
}
