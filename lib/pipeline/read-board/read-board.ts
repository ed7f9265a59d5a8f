/** Reads the board: the current verdict of every placement, in the order of repository and digest. */
import { type Current, readCurrent } from '../../core/register/current.ts';
import { ASSETS_PARTITION, boardPartitions } from '../../core/register/keys.ts';
import type { Query, RegisterStore, StoredItem } from '../ports/register-store.ts';

/** @param all - also images whose every tag has gone to another image, and those that the registry no longer holds */
export async function readBoard(
  register: RegisterStore,
  { all }: { readonly all: boolean },
): Promise<readonly Current[]> {
  const assets = await readAll(register, { pk: ASSETS_PARTITION });
  const partitions = assets.flatMap(({ sk }) => boardPartitions(assetIn(sk)));
  const pages = await Promise.all(partitions.map((pk) => readAll(register, { pk, index: 'board' })));
  return pages
    .flat()
    .map((item) => readCurrent(item))
    .filter(({ superseded, gone }) => all || (!superseded && gone === null))
    .sort((a, b) => order(sortKey(a), sortKey(b)));
}

/** Every item of a query, page by page. */
export async function readAll(register: RegisterStore, query: Omit<Query, 'after'>): Promise<readonly StoredItem[]> {
  const items: StoredItem[] = [];
  let after: string | null = null;
  do {
    const page = await register.query(after === null ? query : { ...query, after });
    items.push(...page.items);
    after = page.next;
  } while (after !== null);
  return items;
}

function assetIn(sk: string): string | null {
  const id = sk.slice('ASSET#'.length);
  return id === '' ? null : id;
}

function sortKey({ placement, platform, stage }: Current): string {
  return [placement.repository, placement.digest, platform, stage].join(' ');
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
