/** Families as a graph, for other programs to draw: Graphviz DOT and Mermaid. */
import { type Digest, shortDigest } from '../image/digest.ts';
import { plainLine } from '../text/plain.ts';

export interface FamilyGraph {
  readonly images: readonly {
    readonly image: Digest;
    readonly names: readonly string[];
    readonly platform: string;
    readonly layers: number;
    /** ISO 8601, as it says. */
    readonly created: string | null;
  }[];
  /** From each image to its nearest base. */
  readonly bases: readonly { readonly clone: Digest; readonly base: Digest }[];
}

/** Names on a node; an image may have hundreds. */
const MOST_NAMES = 3;

export function toDot({ images, bases }: FamilyGraph): string {
  const id = (image: Digest): string => `"${image}"`;
  return [
    'digraph lineage {',
    '  rankdir=LR;',
    '  node [shape=box];',
    ...images.map((one) => `  ${id(one.image)} [label="${labelOf(one).map(inDot).join('\\n')}"];`),
    ...bases.map(({ clone, base }) => `  ${id(base)} -> ${id(clone)};`),
    '}',
    '',
  ].join('\n');
}

export function toMermaid({ images, bases }: FamilyGraph): string {
  const ids = new Map(images.map(({ image }, at) => [image, `i${String(at)}`]));
  const id = (image: Digest): string => ids.get(image) ?? '';
  return [
    'flowchart LR',
    ...images.map((one) => `  ${id(one.image)}["${labelOf(one).map(inMermaid).join('<br/>')}"]`),
    ...bases.map(({ clone, base }) => `  ${id(base)} --> ${id(clone)}`),
    '',
  ].join('\n');
}

function labelOf({ image, names, platform }: FamilyGraph['images'][number]): readonly string[] {
  const more = names.length - MOST_NAMES;
  return [
    ...names.slice(0, MOST_NAMES).map(plainLine),
    ...(more > 0 ? [`and ${String(more)} more`] : []),
    `${shortDigest(image)} ${plainLine(platform)}`,
  ];
}

/** In a quoted string of DOT a quote and a backslash mean something. */
function inDot(text: string): string {
  return text.replace(/["\\]/gu, '\\$&');
}

/** Mermaid reads HTML and its own signs in labels: what is no letter, digit or plain mark is written by its number. */
function inMermaid(text: string): string {
  return text.replace(/[^\p{L}\p{N} ._:/@+-]/gu, (sign) => `#${String(sign.codePointAt(0) ?? 0)};`);
}
