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
    ]);
  });
});
