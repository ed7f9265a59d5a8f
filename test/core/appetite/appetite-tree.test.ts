import { describe, expect, it } from '@jest/globals';

import { appetiteTree } from '../../../lib/core/appetite/appetite-tree.ts';
import { parseAppetite } from '../../../lib/core/appetite/parse-appetite.ts';

const FILE = `
version: 1
statement: |
  What we accept.
zone: Europe/Berlin
people:
  - { name: Ada, principals: ['laptop:b', 'laptop:a'], roles: [approver, developer], teams: [y, x], email: ada@example.org }
  - { name: Olive, principals: ['laptop:olive'], next: Ada }
unnamed: { stage: testing, owner: nobody, criticality: low }
assets:
  - { id: shop, repositories: ['shop/*', 'checkout'], owner: Olive, stage: production, criticality: high }
exceptions:
  approvers: [{ people: [Ada], stages: [testing, production] }]
  never: [{ id: listed, says: Never., finding: "finding.kev.listed &&\\n  true" }]
reminders: { escalateTo: Ada }
stages:
  development: { criteria: [{ id: ok, says: ok, image: "false" }] }
  testing: { criteria: [{ id: ok, says: ok, image: "false" }] }
  production:
    tolerate: ['unread-ecosystem:npm', 'empty-image']
    criteria:
      - { id: critical, says: Nothing is critical., finding: "finding.severity ==   'critical'", daysToFix: 30 }
`;

const tree = (text: string) => appetiteTree(parseAppetite(text, 'a test'));

describe('an appetite as a tree', () => {
  it('has what has an id under its id, and lists whose order says nothing as one text', () => {
    expect(tree(FILE)).toMatchObject({
      ...{ statement: 'What we accept.', zone: 'Europe/Berlin' },
      unnamed: { stage: 'testing', owner: 'nobody', criticality: 'low' },
      assets: { shop: { repositories: 'checkout, shop/*', owner: 'Olive', stage: 'production', criticality: 'high' } },
      people: {
        Ada: {
          ...{ principals: 'laptop:a, laptop:b', teams: 'x, y', roles: 'approver, developer' },
          ...{ email: 'ada@example.org', next: null },
        },
        Olive: { principals: 'laptop:olive', next: 'Ada', email: null, teams: '' },
      },
      exceptions: {
        approvers: { 'people Ada; stages production, testing; every criticality; every assets': true },
        never: { listed: { says: 'Never.', finding: 'finding.kev.listed && true' } },
      },
      reminders: { escalateTo: 'Ada' },
      stages: {
        development: { criteria: { ok: { says: 'ok', image: 'false', daysToFix: null } } },
        production: {
          tolerate: 'empty-image, unread-ecosystem:npm',
          criteria: {
            critical: { says: 'Nothing is critical.', finding: "finding.severity == 'critical'", daysToFix: 30 },
          },
        },
      },
    });
  });

  it('says from when days to fix count, where there are any', () => {
    const whole = tree(FILE);
    expect(whole).toHaveProperty(['stages', 'production', 'criteria', 'critical', 'from']);
    expect(whole).toHaveProperty(['stages', 'testing', 'criteria', 'ok']);
    expect(whole).not.toHaveProperty(['stages', 'testing', 'criteria', 'ok', 'from']);
  });

  it('is the same where two files mean the same, and another where they do not', () => {
    const turned = FILE.replace("['shop/*', 'checkout']", "['checkout', 'shop/*']")
      .replace('[approver, developer]', '[developer, approver]')
      .replace("finding.severity ==   'critical'", "finding.severity == 'critical'");
    expect(tree(turned)).toEqual(tree(FILE));
    expect(tree(FILE.replace('daysToFix: 30', 'daysToFix: 31'))).not.toEqual(tree(FILE));
  });

  it('has the bounds and rules of every part, so that no change of one goes unseen', () => {
    const whole = tree(FILE);
    expect(Object.keys(whole).sort()).toEqual([
      ...['assets', 'exceptions', 'notices', 'people', 'reminders', 'stages', 'statement', 'unnamed', 'zone'],
    ]);
    expect(Object.keys(whole['exceptions'] as object).sort()).toEqual([
      ...['approvers', 'controls', 'lapse', 'longestDays', 'never', 'required'],
    ]);
    expect(whole['reminders']).toMatchObject({
      expiry: { daysBefore: expect.stringMatching(/^\d+(?:, \d+)*$/u), onTheDay: expect.any(Boolean) },
      evidence: { afterDays: expect.any(Number) },
    });
  });
});
