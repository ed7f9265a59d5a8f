/** Reads an appetite file: YAML, by schema, criteria checked by type; every mistake at once, each with its place. */
import { LineCounter, parseDocument } from 'yaml';

import { CavendishError } from '../errors/error.ts';
import { plainLine } from '../text/plain.ts';
import type { Appetite, StagePolicy } from './appetite.ts';
import { type AppetiteFile, appetiteSchema } from './appetite-schema.ts';
import { type Mistake, schemaMistakes } from './mistakes.ts';
import type { ReadYaml } from './positions.ts';
import { ruleMistakes } from './rule-mistakes.ts';

/** Characters of a file; more is no appetite that people review. */
const MOST_CHARACTERS = 1_000_000;
/** A file that says the same twice with an anchor may; one that explodes may not. */
const MOST_ALIASES = 100;
const MOST_MISTAKES = 50;

/**
 * @param source - what the file is called in messages
 * @throws CavendishError `bad-input` naming each mistake with line and column
 */
export function parseAppetite(text: string, source: string): Appetite {
  if (text.length > MOST_CHARACTERS) throw wrong(source, [atTheTop('the file is longer than a million characters')]);
  const yaml = readYaml(text, source);
  const content = contentOf(yaml, source);
  const mistakes = [...schemaMistakes(content, yaml), ...ruleMistakes(content, yaml)];
  if (mistakes.length > 0) throw wrong(source, mistakes);
  return appetiteOf(appetiteSchema.parse(content));
}

function readYaml(text: string, source: string): ReadYaml {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'error' });
  const mistakes = [...document.errors, ...document.warnings].map(({ pos, message }) => {
    const { line, col } = lines.linePos(pos[0]);
    return { line, column: col, message: `not YAML: ${message}` };
  });
  if (mistakes.length > 0) throw wrong(source, mistakes);
  return { text, document, lines };
}

function contentOf({ document }: ReadYaml, source: string): unknown {
  try {
    return document.toJS({ maxAliasCount: MOST_ALIASES }) as unknown;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw wrong(source, [atTheTop(`not readable: ${message}`)]);
  }
}

function appetiteOf({ statement, unnamed, assets, stages }: AppetiteFile): Appetite {
  const { development, testing, production } = stages;
  return {
    statement,
    unnamed,
    assets,
    stages: { development: policyOf(development), testing: policyOf(testing), production: policyOf(production) },
  };
}

function policyOf({ mode, maxAgeDays, tolerate, criteria }: AppetiteFile['stages']['production']): StagePolicy {
  return {
    mode,
    maxAgeDays,
    tolerate,
    criteria: criteria.map(({ id, says, finding, image, daysToFix }) => ({
      id,
      says,
      asks: finding === undefined ? 'image' : 'finding',
      expression: finding ?? image ?? '',
      daysToFix: daysToFix ?? null,
    })),
  };
}

function atTheTop(message: string): Mistake {
  return { line: 1, column: 1, message };
}

/** In the order of the file, each once. */
function wrong(source: string, mistakes: readonly Mistake[]): CavendishError {
  const inOrder = [...mistakes].sort((a, b) => a.line - b.line || a.column - b.column);
  const lines = inOrder.map(
    ({ line, column, message }) => `  ${source}:${String(line)}:${String(column)}  ${plainLine(message)}`,
  );
  const distinct = [...new Set(lines)];
  const shown = distinct.slice(0, MOST_MISTAKES);
  const rest = distinct.length > shown.length ? [`  … and ${String(distinct.length - shown.length)} more`] : [];
  return new CavendishError('bad-input', ['the risk appetite is not right:', ...shown, ...rest].join('\n'), {
    next: 'Its language is explained in docs/appetite.md; a file to start from: cavendish appetite show --text',
  });
}
