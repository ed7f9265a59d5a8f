import { describe, expect, it } from '@jest/globals';

import {
  ADOPTED_PREFIX,
  adoptionKey,
  APPETITE_PARTITION,
  IN_FORCE_KEY,
} from '../../../lib/core/register/appetite-keys.ts';
import { passedKey, validationKey, validationsPartition } from '../../../lib/core/register/history-keys.ts';

const DIGEST = `sha256:${'a'.repeat(64)}` as const;
const AT = '2026-11-23T00:00:00.000Z';

/** As docs/data-model.md says: under another key it would be as if it had never happened. */
describe('the keys of what happened', () => {
  it.each([
    ['that an image passed a stage', passedKey(DIGEST, 'testing'), `IMAGE#${DIGEST}`, 'PASSED#testing'],
    ['an external validation', validationKey('shop', AT, DIGEST), 'VALIDATIONS#shop', `${AT}#${DIGEST}`],
    ['which appetite is in force', IN_FORCE_KEY, 'APPETITE', 'IN-FORCE'],
    ['an adoption of an appetite', adoptionKey(AT, DIGEST), 'APPETITE', `ADOPTED#${AT}#${DIGEST}`],
  ])('put %s where it is looked for', (_, key, pk, sk) => {
    expect(key).toEqual({ pk, sk });
  });

  it('are found by the partitions that are read', () => {
    expect(validationKey('shop', AT, DIGEST).pk).toBe(validationsPartition('shop'));
    expect(adoptionKey(AT, DIGEST).pk).toBe(APPETITE_PARTITION);
    expect(adoptionKey(AT, DIGEST).sk.startsWith(ADOPTED_PREFIX)).toBe(true);
  });
});
