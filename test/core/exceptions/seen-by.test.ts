import { describe, expect, it } from '@jest/globals';

import { parseAppetite } from '../../../lib/core/appetite/parse-appetite.ts';
import { exceptionsSeenBy } from '../../../lib/core/exceptions/seen-by.ts';
import { callerOf } from '../../../lib/core/people/caller.ts';
import { aDraft, PEOPLE_APPETITE } from '../../support/exception-people.ts';

/** Of these only Amir sees what others own. */
const value = parseAppetite(
  PEOPLE_APPETITE.replace(/people:[^]*?unnamed:/u, () =>
    [
      'people:',
      "  - { name: Amir Approver, principals: ['laptop:amir'], roles: [approver] }",
      "  - { name: Dora Developer, principals: ['laptop:dora', 'laptop:dora-at-home'], roles: [developer] }",
      "  - { name: Dan Developer, principals: ['laptop:dan'], roles: [developer] }",
      "  - { name: Carl Carrier, principals: ['laptop:carl'], roles: [owner] }",
      "  - { name: Olive Owner, principals: ['laptop:olive'], roles: [owner] }",
      'unnamed:',
    ].join('\n'),
  ),
  'a test',
);
const appetite = { value };

const IN_SHOP = aDraft({ owner: 'Carl Carrier' });
const ELSEWHERE = aDraft({ owner: 'Carl Carrier', scope: { ...aDraft().scope, images: { repository: 'team/*' } } });
const GONE = aDraft({ owner: null, scope: { ...aDraft().scope, images: { asset: 'gone' } } });
const BY_DORA = { principal: 'laptop:dora', person: 'Dora Developer' };
const BY_STRANGER = { principal: 'laptop:mallory', person: null };

function sees(who: string, terms: typeof IN_SHOP, requester: { principal: string; person: string | null } = BY_DORA) {
  const caller = callerOf(value, `laptop:${who}`, true);
  return exceptionsSeenBy({ caller, appetite })({ requester, terms });
}

describe('an exception', () => {
  it.each([
    ['amir', 'who decides', true, true, true],
    ['dora', 'who asked', true, true, true],
    ['dora-at-home', 'who asked as another principal', true, true, true],
    ['carl', 'who carries the risk', true, true, false],
    ['olive', 'who owns the asset, of that asset alone', true, false, false],
    ['dan', 'who has to do with none of it', false, false, false],
    ['mallory', 'whom the appetite does not name', false, false, false],
  ])('is seen by %s (%s): of the asset %s, of other repositories %s, of no asset any more %s', (who, _, ...seen) => {
    expect([IN_SHOP, ELSEWHERE, GONE].map((terms) => sees(who, terms))).toEqual(seen);
  });

  it('is seen by a stranger who asked for it, and by no other stranger', () => {
    expect(sees('mallory', IN_SHOP, BY_STRANGER)).toBe(true);
    expect(sees('trudy', IN_SHOP, BY_STRANGER)).toBe(false);
  });

  it('is seen by everybody on a laptop, where names are no proof', () => {
    const caller = callerOf(value, 'laptop:mallory', false);
    expect(exceptionsSeenBy({ caller, appetite })({ requester: BY_DORA, terms: IN_SHOP })).toBe(true);
  });
});
