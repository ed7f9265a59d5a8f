/** Lists of names in pages, by `n` and `last` (OCI distribution specification, "Listing tags"). */
import type { RegisterStore } from '../../../pipeline/ports/register-store.ts';
import type { Answer, Call } from './answer.ts';
import { Refusal } from './errors.ts';

/** The most that one page holds, whatever is asked for. */
const MAX_PAGE = 1000;
/** Greater than any name: names hold no tilde, and nothing that comes after it. */
const LAST = '~';

export interface NamePage {
  readonly names: readonly string[];
  readonly more: boolean;
}

/** Up to `limit` names that come after `after`, in the order of their bytes. */
export async function namesAfter(
  store: RegisterStore,
  pk: string,
  prefix: string,
  after: string,
  limit: number,
): Promise<NamePage> {
  if (after >= LAST) return { names: [], more: false };
  const names: string[] = [];
  let page: string | undefined;
  do {
    // One that equals `after` may come first, and one more tells whether there is another page.
    const { items, next } = await store.query({
      pk,
      between: [prefix + after, prefix + LAST],
      limit: limit + 2,
      ...(page !== undefined && { after: page }),
    });
    names.push(...items.map(({ sk }) => sk.slice(prefix.length)).filter((name) => name !== after));
    page = next ?? undefined;
  } while (page !== undefined && names.length <= limit);
  return { names: names.slice(0, limit), more: names.length > limit };
}

/**
 * Answers with one page of a list, and a link to the next.
 *
 * @param read - reads up to so many names after another
 */
export async function answerPage(
  { query }: Call,
  path: string,
  read: (after: string, limit: number) => Promise<NamePage>,
  document: (names: readonly string[]) => unknown,
): Promise<Answer> {
  const limit = limitOf(query.get('n'));
  const { names, more } = await read(query.get('last') ?? '', limit);
  const last = names.at(-1);
  const next = `${path}?${new URLSearchParams({ n: String(limit), last: last ?? '' }).toString()}`;
  return {
    status: 200,
    headers: {
      'content-type': 'application/json',
      ...(more && last !== undefined && { link: `<${next}>; rel="next"` }),
    },
    body: new TextEncoder().encode(JSON.stringify(document(names))),
  };
}

function limitOf(asked: string | null): number {
  if (asked === null) return MAX_PAGE;
  if (!/^\d{1,9}$/u.test(asked)) {
    throw new Refusal('PAGINATION_NUMBER_INVALID', `"${asked}" is not a number of names`);
  }
  return Math.min(Number(asked), MAX_PAGE);
}
