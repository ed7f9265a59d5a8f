import { describe, expect, it } from '@jest/globals';

import type { Asset } from '../../../lib/core/appetite/appetite.ts';
import type { ApproverRule } from '../../../lib/core/appetite/exception-policy.ts';
import { mayApprove, ownAssets, personNamed, personOf } from '../../../lib/core/appetite/people.ts';
import type { Person } from '../../../lib/core/appetite/person.ts';
import { EXCEPTION_POLICY } from '../../support/appetites.ts';

const ADA: Person = {
  name: 'Ada',
  principals: ['laptop:ada', 'arn:aws:iam::111122223333:role/ada'],
  email: 'ada@example.org',
  next: null,
  teams: ['shop team'],
  roles: ['approver'],
};
const CHARLES: Person = {
  name: 'Charles',
  principals: [],
  email: null,
  next: null,
  teams: [],
  roles: ['developer', 'owner'],
};
const PEOPLE = { people: [ADA, CHARLES] };

function rule(overrides: Partial<ApproverRule> = {}): ApproverRule {
  return { people: null, stages: null, criticality: null, assets: null, ...overrides };
}

function anAsset(id: string, owner: string): Asset {
  return { id, repositories: [id], owner, stage: 'testing', exposure: 'none', criticality: 'low' };
}

describe('personOf', () => {
  it.each([
    ['laptop:ada', 'Ada'],
    ['arn:aws:iam::111122223333:role/ada', 'Ada'],
    ['laptop:ad', undefined],
    ['LAPTOP:ADA', undefined],
    ['', undefined],
  ])('knows who comes as %s', (principal, name) => {
    expect(personOf(PEOPLE, principal)?.name).toBe(name);
  });

  it('finds a person by the very name', () => {
    expect(personNamed(PEOPLE, 'Charles')).toBe(CHARLES);
    expect(personNamed(PEOPLE, 'charles')).toBeNull();
  });
});

describe('mayApprove', () => {
  const ABOUT = { stage: 'production', criticality: 'high', asset: 'shop' } as const;

  it.each<[string, readonly ApproverRule[], boolean]>([
    ['there is no rule', [], true],
    ['a rule speaks of all', [rule()], true],
    ['a rule names them', [rule({ people: ['Ada'] })], true],
    ['a rule names another', [rule({ people: ['Charles'] })], false],
    ['a rule is of another stage', [rule({ stages: ['testing', 'development'] })], false],
    ['a rule is of lesser criticality', [rule({ criticality: ['low', 'medium'] })], false],
    ['a rule is of another asset', [rule({ assets: ['web'] })], false],
    ['one of the rules fits', [rule({ assets: ['web'] }), rule({ assets: ['shop'], stages: ['production'] })], true],
    ['each of two rules fits by half', [rule({ assets: ['web'] }), rule({ stages: ['testing'] })], false],
  ])('answers where %s', (_, approvers, may) => {
    expect(mayApprove({ exceptions: { ...EXCEPTION_POLICY, approvers } }, ADA, ABOUT)).toBe(may);
  });

  it('lets nobody approve without the role, whatever a rule says', () => {
    const exceptions = { ...EXCEPTION_POLICY, approvers: [rule({ people: ['Charles'] })] };

    expect(mayApprove({ exceptions }, CHARLES, ABOUT)).toBe(false);
    expect(mayApprove({ exceptions: EXCEPTION_POLICY }, CHARLES, ABOUT)).toBe(false);
  });

  it('takes what no asset names for none of the assets that a rule lists', () => {
    const about = { ...ABOUT, asset: null };

    expect(
      mayApprove({ exceptions: { ...EXCEPTION_POLICY, approvers: [rule({ assets: ['shop'] })] } }, ADA, about),
    ).toBe(false);
    expect(mayApprove({ exceptions: { ...EXCEPTION_POLICY, approvers: [rule()] } }, ADA, about)).toBe(true);
  });
});

describe('ownAssets', () => {
  it('are those whose owner is the person, a team of theirs, or their address', () => {
    const assets = [
      anAsset('a', 'Ada'),
      anAsset('b', 'shop team'),
      anAsset('c', 'ada@example.org'),
      anAsset('d', 'Charles'),
      anAsset('e', 'web team'),
    ];

    expect(ownAssets({ assets }, ADA).map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    expect(ownAssets({ assets }, CHARLES).map(({ id }) => id)).toEqual(['d']);
  });
});
