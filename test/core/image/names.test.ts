import { describe, expect, it } from '@jest/globals';

import { placementName } from '../../../lib/core/image/placement.ts';
import { platformName } from '../../../lib/core/image/platform.ts';
import { digestSchema, platformOf, platformSchema } from '../../../lib/core/image/schemas.ts';
import { aDigest, aPlacement } from '../../support/assessments.ts';

describe('the name of', () => {
  it('a placement says account, Region, registry, repository and digest', () => {
    const digest = aDigest('x');

    expect(placementName(aPlacement({ digest }))).toBe(`laptop/local/embedded/team/app@${digest}`);
  });

  it.each([
    [{ os: 'linux', architecture: 'amd64' }, 'linux/amd64'],
    [{ os: 'linux', architecture: 'arm', variant: 'v7' }, 'linux/arm/v7'],
  ])('the platform %j is %s', (platform, name) => {
    expect(platformName(platform)).toBe(name);
  });
});

describe('what is read back', () => {
  it.each([[null], [7], [['sha256:']], ['sha256:x']])('is no digest where it is %j', (value) => {
    expect(digestSchema.safeParse(value).success).toBe(false);
  });

  it('has a variant only where there is one', () => {
    expect(Object.keys(platformOf(platformSchema.parse({ os: 'linux', architecture: 'amd64' })))).toEqual([
      'os',
      'architecture',
    ]);
    expect(platformOf({ os: 'linux', architecture: 'arm', variant: 'v7' })).toEqual({
      os: 'linux',
      architecture: 'arm',
      variant: 'v7',
    });
  });
});
