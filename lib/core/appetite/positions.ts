/** Where in a YAML document something stands, for messages that name line and column. */
import { isMap, isNode, isPair, isScalar, type Document, type LineCounter } from 'yaml';

export type Path = readonly (string | number)[];

export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Where the value at a path begins; where there is none, where its nearest parent does. */
export function positionOf(document: Document, lines: LineCounter, path: Path): Position {
  for (let length = path.length; length >= 0; length -= 1) {
    const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return at(lines, node.range[0]);
  }
  return { line: 1, column: 1 };
}

/** Where a key of the mapping at a path stands. */
export function positionOfKey(document: Document, lines: LineCounter, path: Path, key: string): Position {
  const node = path.length === 0 ? document.contents : document.getIn(path, true);
  const pair = isMap(node)
    ? node.items.find((item) => isPair(item) && isScalar(item.key) && item.key.value === key)
    : undefined;
  return isScalar(pair?.key) && pair.key.range ? at(lines, pair.key.range[0]) : positionOf(document, lines, path);
}

/** Where a character of a text value stands: exact for text on one line, else where the text begins. */
export function positionInText(document: Document, lines: LineCounter, path: Path, offset: number): Position {
  const start = positionOf(document, lines, path);
  const node = document.getIn(path, true);
  if (!isScalar(node) || typeof node.value !== 'string' || node.value.includes('\n')) return start;
  if (node.type === 'PLAIN') return { ...start, column: start.column + offset };
  const quoted = node.type === 'QUOTE_SINGLE' || node.type === 'QUOTE_DOUBLE';
  return quoted ? { ...start, column: start.column + 1 + offset } : { line: start.line + 1, column: 1 };
}

function at(lines: LineCounter, offset: number): Position {
  const { line, col } = lines.linePos(offset);
  return { line, column: col };
}
