/** Reads an appetite file: YAML, by schema, criteria checked by type; every mistake at once, each with its place. */
import { LineCounter, parseDocument } from 'yaml';

import { CavendishError } from '../errors/error.ts';
import type { Appetite, StagePolicy } from './appetite.ts';
import { appetiteSchema, type AppetiteFile } from './appetite-schema.ts';
import { schemaMistakes, type Mistake } from './mistakes.ts';
import { ruleMistakes } from './rule-mistakes.ts';

/** Characters of a file; more is no appetite that people review. */
const MOST_CHARACTERS = 1_000_000;
/** A file that says the same with anchors may; one that explodes may not. */
const MOST_ALIASES = 100;
const MOST_MISTAKES = 20;

/**
 * @param source - what the file is called in messages
 * @throws CavendishError `bad-input` naming each mistake with line and column
 */
export function parseAppetite(text: string, source: string): Appetite {
  if (text.length > MOST_CHARACTERS) throw wrong(source, [{ line: 1, column: 1, message: 'the file is too long' }]);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  if (document.errors.length > 0) {
    const mistakes = document.errors.map(({ pos, message }) => {
      const { line, col } = lines.linePos(pos[0]);
      return { line, column: col, message: `not YAML: ${message}` };
    });
    throw wrong(source, mistakes);
  }
  const read = appetiteSchema.safeParse(
    contentOf(() => document.toJS({ maxAliasCount: MOST_ALIASES }) as unknown, source),
  );
  if (!read.success) throw wrong(source, schemaMistakes(read.error.issues, document, lines));
  const mistakes = ruleMistakes(read.data, document, lines);
  if (mistakes.length > 0) throw wrong(source, mistakes);
  return appetiteOf(read.data);
}

function contentOf(read: () => unknown, source: string): unknown {
  try {
    return read();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw wrong(source, [{ line: 1, column: 1, message: `not readable: ${message}` }]);
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

function wrong(source: string, mistakes: readonly Mistake[]): CavendishError {
  const shown = mistakes
    .slice(0, MOST_MISTAKES)
    .map(({ line, column, message }) => `  ${source}:${String(line)}:${String(column)}  ${message}`);
  const rest = mistakes.length > MOST_MISTAKES ? [`  … and ${String(mistakes.length - MOST_MISTAKES)} more`] : [];
  return new CavendishError('bad-input', ['the risk appetite is not right:', ...shown, ...rest].join('\n'), {
    next: 'Its language is explained in docs/appetite.md; a file to start from: cavendish appetite show --text',
  });
}
