/**
 * Reads the stanzas of a control file, deb822(5).
 */
export interface Stanza {
  /** Its first line in the file, from 1. */
  readonly line: number;
  /** First lines of the fields, by name in lower case. */
  readonly fields: ReadonlyMap<string, string>;
  /** Lines that are no fields, and fields given twice: `line 12: no field`. */
  readonly problems: readonly string[];
}

const FIELD = /^([!-9;-~]+):[ \t]*(.*)$/su;

/** Stanzas in the order of the file. Lines of white space part them. */
export function* stanzasOf(text: string): Generator<Stanza, void, undefined> {
  let first = 0;
  let fields = new Map<string, string>();
  let problems: string[] = [];
  let number = 0;

  for (const line of linesOf(text)) {
    number += 1;
    if (line.trim() === '') {
      if (first > 0) yield { line: first, fields, problems };
      first = 0;
      fields = new Map<string, string>();
      problems = [];
      continue;
    }
    if (first === 0) first = number;
    // Only fields of one line are asked for: what continues them is skipped.
    if ((line.startsWith(' ') || line.startsWith('\t')) && fields.size > 0) continue;

    const [, name, value] = FIELD.exec(line) ?? [];
    if (name === undefined || value === undefined) problems.push(`line ${number}: no field`);
    else if (fields.has(name.toLowerCase())) problems.push(`line ${number}: ${name} is given twice`);
    else fields.set(name.toLowerCase(), value.trimEnd());
  }
  if (first > 0) yield { line: first, fields, problems };
}

function* linesOf(text: string): Generator<string, void, undefined> {
  for (let from = 0; from < text.length;) {
    const end = text.indexOf('\n', from);
    const to = end === -1 ? text.length : end;
    yield text.slice(from, to);
    from = to + 1;
  }
}
