import { describe, expect, it } from '@jest/globals';

import { isCavendishError } from '../../../lib/core/errors/error.ts';
import { readSubscribers } from '../../../lib/core/notices/subscriber.ts';

const SHOP = { name: 'shop', topicArn: 'arn:aws:sns:eu-central-1:111122223333:cavendish-shop' };

function refusal(value: unknown): string {
  try {
    readSubscribers(typeof value === 'string' ? value : JSON.stringify(value));
  } catch (error) {
    if (isCavendishError(error, 'bad-input')) return error.message;
    throw error;
  }
  return 'taken';
}

describe('readSubscribers', () => {
  it('reads one that wants everything, and one that is choosy', () => {
    const choosy = {
      ...SHOP,
      name: 'choosy',
      repositories: ['shop/**'],
      stages: ['production'],
      verdicts: ['no-go', 'unknown'],
      owners: ['shop team'],
    };

    expect(readSubscribers(JSON.stringify([SHOP, choosy]))).toEqual([SHOP, choosy]);
  });

  it.each([
    ['text that is not JSON', '[{', /JSON/u],
    ['one that is no list', SHOP, /expected array/u],
    ['a name with a blank', [{ ...SHOP, name: 'the shop' }], /a name is 1 to 40 of a-z[^]*\[0\]\.name/u],
    ["the operator's name", [{ ...SHOP, name: 'operator' }], /operator's own topic/u],
    ['two of one name', [SHOP, SHOP], /same name/u],
    [
      'a topic that is a queue',
      [{ ...SHOP, topicArn: 'arn:aws:sqs:eu-central-1:111122223333:x' }],
      /standard SNS topic/u,
    ],
    ['a FIFO topic', [{ ...SHOP, topicArn: `${SHOP.topicArn}.fifo` }], /standard SNS topic/u],
    ['a stage that is none', [{ ...SHOP, stages: ['staging'] }], /stages/u],
    ['a list that nothing can be in', [{ ...SHOP, verdicts: [] }], /verdicts/u],
    ['a pattern that is none', [{ ...SHOP, repositories: ['Shop/**x'] }], /no pattern of repository names/u],
    ['a word that it does not know', [{ ...SHOP, stage: 'production' }], /"stage"/u],
  ])('refuses %s, and says where', (_what, value, why) => {
    expect(refusal(value)).toMatch(why);
  });

  it('takes topics of other partitions', () => {
    expect(refusal([{ ...SHOP, topicArn: 'arn:aws-cn:sns:cn-north-1:111122223333:x' }])).toBe('taken');
  });
});
