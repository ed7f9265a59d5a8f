/**
 * Looks after the exceptions in force: what no longer matches anything, matches far more than was granted, says the
 * same as another, or has a fix by now.
 */
import type { Exception, Grant } from '../../core/exceptions/exception.ts';
import { type Remark, remarksOn } from '../../core/exceptions/hygiene.ts';
import { readDocument } from '../judge-image/read-document.ts';
import type { Rows } from '../operations/page.ts';
import type { Acting } from './act.ts';
import { coveredBy, factsOf } from './coverage.ts';

export interface Checked {
  readonly exception: Exception;
  readonly count: { readonly granted: Grant['count']; readonly now: Grant['count'] };
  readonly remarks: readonly Remark[];
}

/** @param page - exceptions in force */
export async function checkExceptions(
  page: Rows<Exception>,
  inForce: readonly Exception[],
  { at, register, evidence, appetite }: Acting,
): Promise<Rows<Checked>> {
  const rows: Checked[] = [];
  for (const exception of page.rows) {
    if (exception.grant === null) continue;
    const grant = await readDocument<Grant>(evidence, exception.grant, 'grant of an exception');
    const now = factsOf(await coveredBy(exception.terms.scope, { register, evidence, appetite: appetite.value }));
    const others = inForce.filter(({ id }) => id !== exception.id);
    const remarks = remarksOn({ exception, grant, now, others, at });
    rows.push({ exception, count: { granted: grant.count, now: now.count }, remarks });
  }
  return { rows, next: page.next };
}
