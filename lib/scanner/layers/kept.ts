/**
 * What is kept of a path: of a layer, and of the image that layers make.
 */
import type { LayerResult } from './result.ts';

export type Kept =
  | { readonly is: 'read'; readonly cataloger: string; readonly content: unknown }
  | { readonly is: 'blocked'; readonly cataloger: string; readonly why: string }
  | { readonly is: 'link'; readonly target: string }
  | { readonly is: 'marker'; readonly ecosystem: string };

type Lists = Pick<LayerResult, 'read' | 'blocked' | 'links' | 'markers'>;

/** Paths and what is kept of them, as lists of their kinds. */
export function listsOf(values: Iterable<readonly [string, Kept]>): Lists {
  const lists: Lists = { read: [], blocked: [], links: [], markers: [] };
  for (const [path, kept] of values) {
    if (kept.is === 'read') lists.read.push({ path, cataloger: kept.cataloger, content: kept.content });
    else if (kept.is === 'blocked') lists.blocked.push({ path, cataloger: kept.cataloger, why: kept.why });
    else if (kept.is === 'link') lists.links.push({ path, target: kept.target });
    else lists.markers.push({ path, ecosystem: kept.ecosystem });
  }
  return lists;
}

/** The same, the other way. */
export function* valuesIn(lists: Lists): Generator<readonly [string, Kept], void, undefined> {
  for (const { path, cataloger, content } of lists.read) yield [path, { is: 'read', cataloger, content }];
  for (const { path, cataloger, why } of lists.blocked) yield [path, { is: 'blocked', cataloger, why }];
  for (const { path, target } of lists.links) yield [path, { is: 'link', target }];
  for (const { path, ecosystem } of lists.markers) yield [path, { is: 'marker', ecosystem }];
}
