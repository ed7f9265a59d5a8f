import { expect, it } from '@jest/globals';

import { openLocalStore } from '../../../lib/adapters/local/store/local-store.ts';
import type { ComingDate } from '../../../lib/core/ahead/coming.ts';
import { endOfDay } from '../../../lib/core/time/end.ts';
import { aheadDatesOperation } from '../../../lib/pipeline/ahead/operations.ts';
import { approveException } from '../../../lib/pipeline/exceptions/approve-exception.ts';
import { requestException } from '../../../lib/pipeline/exceptions/request-exception.ts';
import { runOperation } from '../../../lib/pipeline/operations/run-operation.ts';
import { datedHome } from '../../support/dated-home.ts';
import { aDraft } from '../../support/exception-people.ts';

const AT = '2027-01-01T12:00:00.000Z';
/** Of which nobody takes care for almost three years: each reminds every week. */
const EXCEPTIONS = 9;

it('answers in pages that Lambda can give, however often dates remind, and leaves out none', async () => {
  const home = datedHome(openLocalStore(':memory:'));
  for (let place = 0; place < EXCEPTIONS; place += 1) {
    const terms = aDraft({ expiry: endOfDay('2027-03-31', 'UTC'), reason: `number ${String(place)}` });
    const { exception } = await requestException({ terms, renews: null }, home.acting('ada', AT));
    await approveException({ id: exception.id, why: null }, home.acting('amir', AT));
    await home.settle(AT);
  }
  const pages: (readonly ComingDate[])[] = [];
  let after: string | null = null;
  do {
    const asked = { until: '2029-12-31', limit: 200, after };
    const page: Awaited<ReturnType<(typeof aheadDatesOperation)['run']>> = await runOperation(
      aheadDatesOperation,
      asked,
      home.context('amir', AT),
    );
    pages.push(page.dates);
    after = page.next;
  } while (after !== null);

  expect(pages.length).toBeGreaterThan(1);
  for (const page of pages) expect(Buffer.byteLength(JSON.stringify(page))).toBeLessThan(1_000_000);
  const perException = Map.groupBy(pages.flat(), ({ subject }) => subject);
  expect(perException.size).toBe(EXCEPTIONS);
  expect(new Set([...perException.values()].map(({ length }) => length)).size).toBe(1);
});
