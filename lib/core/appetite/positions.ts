/** Where in a YAML document something stands, for messages that name line and column. */
import { type Document, isAlias, isMap, isScalar, isSeq, type LineCounter, type Node } from 'yaml';

import { offsetInSource } from './scalar-source.ts';

export type Path = readonly (string | number)[];

export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A document that was read, with what is needed to say where something stands in it. */
export interface ReadYaml {
  readonly text: string;
  readonly document: Document;
  readonly lines: LineCounter;
}

/** Where the value at a path begins; where there is none, where its nearest parent does. */
export function positionOf(yaml: ReadYaml, path: Path): Position {
  for (let length = path.length; length >= 0; length -= 1) {
    const range = nodeAt(yaml.document, path.slice(0, length))?.range;
    if (range) return at(yaml, range[0]);
  }
  return { line: 1, column: 1 };
}

/** Where each key of the mapping at a path stands. */
export function positionsOfKeys(yaml: ReadYaml, path: Path): ReadonlyMap<string, Position> {
  const node = nodeAt(yaml.document, path);
  const keys = isMap(node) ? node.items.map(({ key }) => key) : [];
  return new Map(
    keys.flatMap((key) => (isScalar(key) && key.range ? [[String(key.value), at(yaml, key.range[0])]] : [])),
  );
}

/** Where a character of the text at a path stands. */
export function positionInText(yaml: ReadYaml, path: Path, offset: number): Position {
  const node = nodeAt(yaml.document, path);
  return isScalar(node) ? at(yaml, offsetInSource(node, yaml.text, offset)) : positionOf(yaml, path);
}

/** What an alias stands for is where its anchor is: there a mistake is put right. */
function nodeAt(document: Document, path: Path): Node | null {
  let node = resolved(document, document.contents);
  for (const part of path) {
    if (isMap(node)) {
      node = resolved(
        document,
        node.items.find(({ key }) => isScalar(key) && String(key.value) === String(part))?.value,
      );
    } else if (isSeq(node)) {
      node = resolved(document, node.items[Number(part)]);
    } else return null;
  }
  return node;
}

function resolved(document: Document, node: unknown): Node | null {
  if (isAlias(node)) return node.resolve(document) ?? null;
  return isMap(node) || isSeq(node) || isScalar(node) ? node : null;
}

function at({ lines }: ReadYaml, offset: number): Position {
  const { line, col } = lines.linePos(offset);
  return { line, column: col };
}
