import { describe, expect, it } from '@jest/globals';

import { isApproved } from '../../../lib/core/lineage/approval.ts';
import { namesSaid, pushedName } from '../../../lib/core/lineage/build-name.ts';
import { newestBuild, type SeenBuild } from '../../../lib/core/lineage/newest-build.ts';
import { aDigest, aPlacement } from '../../support/assessments.ts';

function build(name: string, given: Partial<SeenBuild> = {}): SeenBuild {
  return {
    ...{ image: aDigest(name), platform: 'linux/amd64', created: null, firstSeen: '2026-11-01T00:00:00.000Z' },
    ...given,
  };
}

describe('the newest build', () => {
  it.each<readonly [string, Partial<SeenBuild>, Partial<SeenBuild>]>([
    [
      'was made last',
      { created: '2026-10-01T00:00:00Z' },
      { created: '2026-09-01T00:00:00Z', firstSeen: '2026-11-09T00:00:00.000Z' },
    ],
    ['was seen last where neither says', { firstSeen: '2026-11-02T00:00:00.000Z' }, {}],
    [
      'was seen last where one says it is of 1970',
      { created: '1970-01-01T00:00:00Z', firstSeen: '2026-11-02T00:00:00.000Z' },
      {},
    ],
    ['is of the platform', {}, { platform: 'linux/arm64', created: '2026-11-20T00:00:00Z' }],
  ])('%s', (_, newer, older) => {
    const [one, other] = [build('newer', newer), build('older', older)];

    expect(newestBuild([one, other], 'linux/amd64')).toBe(one);
    expect(newestBuild([other, one], 'linux/amd64')).toBe(one);
  });

  it('is none where there is none for the platform', () => {
    expect(newestBuild([build('one')], 'linux/s390x')).toBeNull();
  });
});

describe('names of builds', () => {
  it('are those of the placement, with the tag', () => {
    expect(pushedName(aPlacement({ repository: 'team/base' }), '12')).toEqual({
      name: 'laptop/local/embedded/team/base:12',
      shown: 'team/base:12',
    });
  });

  it.each([
    ['docker.io/library/debian:12', 'debian:12'],
    ['debian:12', 'debian:12'],
    ['111122223333.dkr.ecr.eu-central-1.amazonaws.com/team/base:1', '111122223333/eu-central-1/ecr/team/base:1'],
    ['127.0.0.1:5480/team/base:1', 'laptop/local/embedded/team/base:1'],
  ])('are found by what an image calls its base: %s is %s', (said, name) => {
    expect(namesSaid(said)).toContain(name);
  });

  it('are where it stands first, then as it is said, then with less and less in front', () => {
    expect(namesSaid('debian:12')).toEqual(['debian:12']);
    expect(namesSaid('docker.io/library/debian:12')).toEqual([
      'docker.io/library/debian:12',
      'library/debian:12',
      'debian:12',
    ]);
    expect(namesSaid('localhost:5480/team/base:1')).toEqual([
      ...['laptop/local/embedded/team/base:1', 'localhost:5480/team/base:1', 'team/base:1', 'base:1'],
    ]);
  });

  it('are ten at most, whatever an image says', () => {
    expect(namesSaid('a/'.repeat(40))).toHaveLength(10);
  });
});

describe('an approval', () => {
  const approval = { stages: ['production'], until: '2026-12-01T00:00:00.000Z', by: 'platform team' } as const;

  it.each([
    ['2026-11-30T23:59:59.999Z', 'production', true],
    ['2026-12-01T00:00:00.000Z', 'production', false],
    ['2026-11-30T00:00:00.000Z', 'testing', false],
  ] as const)('at %s for %s counts: %s', (at, stage, counts) => {
    expect(isApproved(approval, stage, at)).toBe(counts);
    expect(isApproved(null, stage, at)).toBe(false);
  });
});
