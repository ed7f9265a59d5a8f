import { MOST_ROWS, type Paging, type Rows } from './page.ts';

/** Every row of a list, page by page. */
export async function everyRow<T>(ask: (page: Paging) => Promise<Rows<T>>): Promise<readonly T[]> {
  const rows: T[] = [];
  let after: string | null = null;
  do {
    const page: Rows<T> = await ask({ limit: MOST_ROWS, after });
    rows.push(...page.rows);
    after = page.next;
  } while (after !== null);
  return rows;
}
