import { describe, expect, it } from '@jest/globals';

import { type Preset, PRESETS, presetText } from '../../../lib/adapters/defaults/presets.ts';
import { parseAppetite } from '../../../lib/core/appetite/parse-appetite.ts';
import { diffAppetites } from '../../../lib/pipeline/appetite/diff-appetites.ts';
import { anAppetiteFile } from '../../support/appetites.ts';

function differences(before: string, after: string) {
  return diffAppetites(parseAppetite(before, 'before'), parseAppetite(after, 'after'));
}

const ASSETS = [
  '- { id: shop, repositories: [team/shop, team/pay], owner: shop team, stage: production }',
  '- { id: web, repositories: [team/web], owner: web team, stage: testing }',
];
const CRITERIA = [
  'criteria:',
  '  - { id: fixable, says: It is fixed., finding: finding.fixable, daysToFix: 14 }',
  '  - { id: limit, says: It is low., image: score.open > 30 }',
];
const FILE = anAppetiteFile({ assets: ASSETS, production: CRITERIA }).concat(
  'people: [{ name: Ada, principals: ["laptop:ada", "laptop:a"], roles: [owner, approver] }]\n',
);

describe('diffAppetites', () => {
  it('finds nothing between two files that mean the same, in another order and writing', () => {
    const [first = '', fixable = '', limit = ''] = CRITERIA;
    const other = anAppetiteFile({
      assets: [
        '# turned around',
        ...ASSETS.toReversed().map((line) => line.replace('team/shop, team/pay', 'team/pay, team/shop')),
      ],
      production: [
        'mode: enforce',
        first,
        limit,
        fixable.replace('finding: finding.fixable', 'finding: " finding.fixable  "'),
      ],
    }).concat('people: [{ name: Ada, principals: ["laptop:a", "laptop:ada"], roles: [approver, owner] }]\n');

    expect(differences(FILE, other)).toEqual([]);
  });

  it('names what is added, removed and changed, by its id', () => {
    const other = FILE.replace('daysToFix: 14', 'daysToFix: 7')
      .replace(
        '{ id: limit, says: It is low., image: score.open > 30 }',
        '{ id: few, says: Few., image: counts.total > 3 }',
      )
      .replace('team/shop, team/pay', 'team/shop')
      .replace('roles: [owner, approver]', 'roles: [owner]')
      .concat('zone: Europe/Berlin\nexceptions: { longestDays: { high: 30 }, approvers: [{ people: [Ada] }] }\n')
      .replace('roles: [owner]', 'roles: [approver, owner, operator]');

    expect(differences(FILE, other)).toEqual([
      { path: 'zone', change: 'changed', before: 'UTC', after: 'Europe/Berlin' },
      { path: 'assets.shop.repositories', change: 'changed', before: 'team/pay, team/shop', after: 'team/shop' },
      { path: 'people.Ada.roles', change: 'changed', before: 'approver, owner', after: 'approver, operator, owner' },
      { path: 'stages.production.criteria.fixable.daysToFix', change: 'changed', before: 14, after: 7 },
      {
        path: 'stages.production.criteria.limit',
        change: 'removed',
        before: { says: 'It is low.', image: 'score.open > 30', daysToFix: null },
        after: null,
      },
      {
        path: 'stages.production.criteria.few',
        change: 'added',
        before: null,
        after: { says: 'Few.', image: 'counts.total > 3', daysToFix: null },
      },
      { path: 'exceptions.longestDays.high', change: 'changed', before: 90, after: 30 },
      {
        path: 'exceptions.approvers.people Ada; every stages; every criticality; every assets',
        change: 'added',
        before: null,
        after: true,
      },
    ]);
  });

  it('tells every two presets apart, and none from itself', async () => {
    const texts = await Promise.all((Object.keys(PRESETS) as Preset[]).map((name) => presetText(name)));
    for (const one of texts) {
      for (const other of texts) expect(differences(one, other).length > 0).toBe(one !== other);
    }
  });
});
