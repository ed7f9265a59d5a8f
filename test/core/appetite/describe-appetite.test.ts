import { describe, expect, it } from '@jest/globals';

import { describeAppetite } from '../../../lib/core/appetite/describe-appetite.ts';
import { parseAppetite } from '../../../lib/core/appetite/parse-appetite.ts';
import { anAppetiteFile } from '../../support/appetites.ts';

describe('describeAppetite', () => {
  it('says in words what the file says, production first', () => {
    const text = anAppetiteFile({
      assets: ['- { id: shop, repositories: [team/shop, team/shop-*], owner: shop team, stage: production }'],
      production: [
        'mode: observe',
        'maxAgeDays: { kev: 7, epss: 1 }',
        'tolerate: [unread-ecosystem, "feed-missing:epss"]',
        'criteria:',
        '  - id: fixable',
        '    says: What can be fixed is fixed.',
        '    finding: >',
        '      finding.fixable',
        '      && finding.severity == "high"',
        '    daysToFix: 14',
        '  - { id: listed, says: What is listed is fixed., finding: finding.kev.listed, daysToFix: 3, from: kev }',
        '  - { id: limit, says: The score is low., image: score.open > 30 }',
        '  - { id: exploited, says: Nothing is exploited., finding: finding.kev.listed }',
      ],
    });

    expect(describeAppetite(parseAppetite(text, 'appetite.yaml')).split('\n')).toEqual([
      'Statement',
      '  What we accept.',
      '',
      'For production: observed only, nothing is stopped',
      '  fixable: What can be fixed is fixed.',
      '    broken by a finding, 14 days after its publication, where finding.fixable && finding.severity == "high"',
      '  listed: What is listed is fixed.',
      '    broken by a finding, 3 days after its listing in KEV, or its publication where it is not listed, where finding.kev.listed',
      '  limit: The score is low.',
      '    broken by the image where score.open > 30',
      '  exploited: Nothing is exploited.',
      '    broken by a finding, at once, where finding.kev.listed',
      '  Intelligence: advisories of any age, cve of any age, kev at most 7 days old, epss at most 1 day old.',
      '  Gaps that are listed and not in the way:',
      '    unread-ecosystem: packages of an ecosystem are present and were not read',
      '    feed-missing:epss: no feed of a kind is held',
      '',
      'For testing: a no-go and an unknown stop the image',
      '  ok: ok',
      '    broken by the image where false',
      '  Intelligence: advisories of any age, cve of any age, kev of any age, epss of any age.',
      '  No gap is tolerated.',
      '',
      'For development: a no-go and an unknown stop the image',
      '  ok: ok',
      '    broken by the image where false',
      '  Intelligence: advisories of any age, cve of any age, kev of any age, epss of any age.',
      '  No gap is tolerated.',
      '',
      'Assets',
      '  shop: team/shop, team/shop-*',
      '    judged for production; owner shop team; exposure internal; criticality medium',
      '  any other repository:',
      '    judged for testing; owner platform team; exposure internet; criticality high',
      '',
      'People',
      '  None is named: nobody approves anything.',
      '',
      'Exceptions',
      '  Each needs a scope, a reason, an owner, an expiry, a review date.',
      '  The longest: 365 days of low criticality, 180 days of medium criticality, 90 days of high criticality, 30 days of critical criticality.',
      '  Controls together lower the likelihood by at most 90 %, the impact by at most 50 %.',
      '  Nobody has the role approver: none can be granted.',
      '  Nothing is barred from being excepted.',
      '  One ends early when the vulnerability is listed in KEV; when its EPSS score rises by 20 % or more under one model; when a control is withdrawn; when its owner is no longer among the people; when the approval of the base ends.',
      '',
      'A date without a time is the end of that day in the time zone UTC.',
    ]);
  });

  it('says who the people are, and what it takes to accept a risk', () => {
    const text = anAppetiteFile({
      assets: ['- { id: shop, repositories: [team/shop], owner: shop team, stage: production }'],
    }).concat(
      [
        'zone: Europe/Berlin',
        'people:',
        '  - { name: Ada, principals: ["laptop:ada"], email: ada@example.org, teams: [shop team], roles: [owner, approver] }',
        '  - { name: Charles }',
        'exceptions:',
        '  required: [controls, review, links]',
        '  longestDays: { critical: 0 }',
        '  approvers:',
        '    - { people: [Ada], stages: [testing, development], criticality: [low], assets: [shop] }',
        '    - {}',
        '  never: [{ id: ransomware, says: Never., finding: finding.kev.ransomware }]',
        '  lapse: { kev: false, epss: null, fix: true, control: false, owner: false, baseApproval: false }',
      ].join('\n'),
    );

    expect(describeAppetite(parseAppetite(text, 'appetite.yaml')).split('\n').slice(-19)).toEqual([
      'People',
      '  Ada: owner, approver; ada@example.org; of shop team',
      '    comes as laptop:ada',
      '  Charles: developer',
      '    comes as nobody: only named',
      '',
      'Exceptions',
      '  Each needs a scope, a reason, an owner, an expiry, a compensating control, a review date, a link.',
      '  The longest: 365 days of low criticality, 180 days of medium criticality, 90 days of high criticality, none of critical criticality.',
      '  Controls together lower the likelihood by at most 90 %, the impact by at most 50 %.',
      '  Who approves, but never their own request:',
      '    Ada: testing, development; criticality low; assets shop',
      '    every approver: every stage; every asset',
      '  Never excepted:',
      '    ransomware: Never.',
      '      a finding where finding.kev.ransomware',
      '  One ends early when a fix is out.',
      '',
      'A date without a time is the end of that day in the time zone Europe/Berlin.',
    ]);
  });
});
