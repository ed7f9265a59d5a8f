import type { Query, RegisterStore, StoredItem } from '../ports/register-store.ts';

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
