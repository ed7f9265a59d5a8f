/** Lists exceptions: by state, page by page, the newest last. A list is for people: it may be a moment late. */
import { type Exception, exceptionSchema, type ExceptionState } from '../../core/exceptions/exception.ts';
import { exceptionListPartition } from '../../core/register/exception-keys.ts';
import { pageOf, type Paging, type Rows } from '../operations/page.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import { readAll } from '../read-board/read-all.ts';

export interface Filter {
  readonly states: readonly ExceptionState[];
  /** Null: of anybody. */
  readonly owner: string | null;
  /** An asset in the scope; null: of any. */
  readonly asset: string | null;
  /** A vulnerability in the scope; null: of any. */
  readonly vulnerability: string | null;
}

interface Listing {
  readonly register: RegisterStore;
  /** What the caller gets to see. @default everything */
  readonly sees?: (exception: Exception) => boolean;
}

export async function listExceptions(
  { states, ...filter }: Filter,
  page: Paging,
  { register, sees = () => true }: Listing,
): Promise<Rows<Exception>> {
  const lists = await Promise.all(
    states.map((state) => readAll(register, { pk: exceptionListPartition(state), index: 'board' })),
  );
  const found = lists.flat().map(({ body }) => exceptionSchema.parse(body));
  return pageOf(
    found.filter((one) => fits(one, filter) && sees(one)),
    ({ id }) => id,
    page,
  );
}

function fits({ terms }: Exception, { owner, asset, vulnerability }: Omit<Filter, 'states'>): boolean {
  const { images, vulnerabilities } = terms.scope;
  return (
    (owner === null || terms.owner === owner) &&
    (asset === null || ('asset' in images && images.asset === asset)) &&
    (vulnerability === null || vulnerabilities.includes(vulnerability))
  );
}
