import { describe, expect, it } from '@jest/globals';

import { readSentNotice, sentNoticeKey, sentNoticesPartition } from '../../../lib/core/notices/sent-notice.ts';
import { aDigest } from '../../support/assessments.ts';

const AT = '2026-11-23T00:00:00.000Z';

describe('a notice that was sent', () => {
  it('lies in its month, in the order of time', () => {
    expect(sentNoticesPartition(AT)).toBe('NOTICES#2026-11');
    expect(sentNoticeKey(AT, 'verdict-1', 'shop')).toEqual({ pk: 'NOTICES#2026-11', sk: `${AT}#verdict-1#shop` });
  });

  it('is read back, also where it was kept before round-ups and texts were', () => {
    const body = { at: AT, to: 'shop', subject: 's', kind: 'verdict', messageId: 'm', assessment: null };

    expect(readSentNotice({ body })).toEqual({ ...body, roundUp: null, text: null });
    const whole = { ...body, assessment: aDigest('a'), roundUp: 'r', text: aDigest('t') };
    expect(readSentNotice({ body: whole })).toEqual(whole);
  });

  it.each(['at', 'to', 'subject', 'kind', 'messageId'])('is none without %s', (field) => {
    const body = { at: AT, to: 'shop', subject: 's', kind: 'verdict', messageId: 'm', assessment: null };

    expect(() => readSentNotice({ body: { ...body, [field]: undefined } })).toThrow();
  });
});
