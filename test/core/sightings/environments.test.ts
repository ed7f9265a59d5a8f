import { describe, expect, it } from '@jest/globals';

import { environmentOf, environmentRulesSchema } from '../../../lib/core/sightings/environments.ts';

const RULES = environmentRulesSchema.parse([
  { clusters: ['lab', '*-test'], environment: 'testing' },
  { clusters: ['*'], functions: ['dev-*'], environment: 'development' },
]);

describe('the environment of a place', () => {
  it.each([
    ['clusters', 'lab', 'testing'],
    ['clusters', 'Shop-test', 'testing'],
    ['clusters', 'shop', 'development'],
    ['functions', 'dev-checkout', 'development'],
    ['functions', 'checkout', 'production'],
  ] as const)('of the %s %s is %s', (kind, name, environment) => {
    expect(environmentOf(RULES, kind, name)).toBe(environment);
  });

  it('is production where nothing is said', () => {
    expect(environmentOf([], 'clusters', 'lab')).toBe('production');
  });

  it('is of no other word', () => {
    expect(environmentRulesSchema.safeParse([{ clusters: ['*'], environment: 'prod' }]).success).toBe(false);
    expect(environmentRulesSchema.safeParse([{ cluster: ['*'], environment: 'production' }]).success).toBe(false);
  });
});
