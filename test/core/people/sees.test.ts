import { describe, expect, it } from '@jest/globals';

import { parseAppetite } from '../../../lib/core/appetite/parse-appetite.ts';
import { callerOf } from '../../../lib/core/people/caller.ts';
import { seesOf } from '../../../lib/core/people/sees.ts';
import { anAppetiteFile } from '../../support/appetites.ts';

const FILE = `${anAppetiteFile()}
people:
  - { name: Ada, principals: ['laptop:ada'], teams: [shop team], roles: [developer] }
  - { name: Olive, principals: ['laptop:olive'], roles: [owner] }
  - { name: Una, principals: ['laptop:una'], teams: [whoever owns the rest], roles: [developer] }
  - { name: Tom, principals: ['laptop:tom'], roles: [auditor] }
`;
const parsed = parseAppetite(FILE, 'a test');
const value = {
  ...parsed,
  unnamed: { ...parsed.unnamed, owner: 'whoever owns the rest' },
  assets: [
    {
      ...{ id: 'shop', repositories: ['shop/**'], owner: 'shop team', stage: 'production' as const },
      ...{ exposure: 'internet' as const, criticality: 'high' as const },
    },
  ],
};

const seenBy = (name: string, enforced = true): readonly (string | null)[] => {
  const sees = seesOf({ caller: callerOf(value, `laptop:${name}`, enforced), appetite: { value } });
  return ['shop/web', 'team/desk', null].filter((repository) => sees(repository));
};

describe('what a caller sees', () => {
  it.each([
    ['ada', ['shop/web']],
    ['olive', []],
    ['una', ['team/desk', null]],
    ['tom', ['shop/web', 'team/desk', null]],
    ['nobody', []],
  ])('%s sees what is theirs, or all by their role', (name, expected) => {
    expect(seenBy(name)).toEqual(expected);
  });

  it('is everything on a laptop', () => {
    expect(seenBy('nobody', false)).toHaveLength(3);
  });
});
