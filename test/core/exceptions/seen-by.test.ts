import { expect, it } from '@jest/globals';

import { exceptionsSeenBy } from '../../../lib/core/exceptions/seen-by.ts';
import { callerOf } from '../../../lib/core/people/caller.ts';
import { acting, aDraft } from '../../support/exception-people.ts';
import { memoryEvidence } from '../../support/memory-evidence.ts';
import { memoryStore } from '../../support/memory-store.ts';

const { appetite } = acting('ada', '2026-11-25T00:00:00.000Z', {
  register: memoryStore().register,
  evidence: memoryEvidence(),
});

/** Ada asked that Olive carries a risk of the shop, which is Olive's. */
const exception = { requester: { principal: 'laptop:ada', person: 'Ada Asker' }, terms: aDraft() };
const elsewhere = {
  ...exception,
  terms: aDraft({ owner: 'Amir Approver', scope: { ...aDraft().scope, images: { repository: 'team/*' } } }),
};

it.each([
  ['amir', 'an approver', true, true],
  ['ada', 'who asked', true, true],
  ['ada-at-home', 'who asked as another principal', true, true],
  ['olive', 'who owns the risk and the asset', true, false],
  ['mallory', 'nobody whom the appetite names', false, false],
])('is seen by %s (%s): %s, of what is not theirs: %s', (who, _, theirs, others) => {
  const caller = callerOf(appetite.value, `laptop:${who}`, true);
  const sees = exceptionsSeenBy({ caller, appetite });

  expect(sees(exception)).toBe(theirs);
  expect(sees(elsewhere)).toBe(others);
});

it('is seen by everybody on a laptop, where names are no proof', () => {
  const caller = callerOf(appetite.value, 'laptop:mallory', false);
  expect(exceptionsSeenBy({ caller, appetite })(exception)).toBe(true);
});
