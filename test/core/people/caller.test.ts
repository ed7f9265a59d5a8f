import { describe, expect, it } from '@jest/globals';

import { callerName, callerOf } from '../../../lib/core/people/caller.ts';
import { mayCall, operationsOf } from '../../../lib/core/people/permissions.ts';
import { ROLES } from '../../../lib/core/people/roles.ts';

const APPETITE = {
  statement: 'As little as can be.',
  people: [
    {
      name: 'Ada Lovelace',
      principals: ['laptop:ada', 'arn:aws:iam::111122223333:role/ada'],
      roles: ['owner' as const],
    },
    { name: 'Ben', principals: ['laptop:ben'], roles: [] },
  ],
};

describe('who calls', () => {
  it.each(['laptop:ada', 'arn:aws:iam::111122223333:role/ada'])('is the same person as %s', (principal) => {
    expect(callerOf(APPETITE, principal, true)).toEqual({
      principal,
      person: 'Ada Lovelace',
      roles: ['owner'],
      enforced: true,
    });
  });

  it.each(['laptop:Ada', 'laptop:ada/other', 'ada', ''])('is nobody as %j', (principal) => {
    expect(callerOf(APPETITE, principal, false)).toEqual({ principal, person: null, roles: [], enforced: false });
  });

  it('is read with the name, where there is one', () => {
    expect(callerName(callerOf(APPETITE, 'laptop:ada', false))).toBe('Ada Lovelace (laptop:ada)');
    expect(callerName(callerOf(APPETITE, 'laptop:eve', false))).toBe('laptop:eve');
  });
});

describe('what a role may call', () => {
  it('is what everybody may, and what names the role', () => {
    expect(mayCall('whoami', [])).toBe(true);
    expect(mayCall('images', [])).toBe(false);
    for (const role of ROLES) expect(operationsOf(role)).toEqual(expect.arrayContaining(['images', 'whoami']));
  });
});
