import { describe, expect, it } from '@jest/globals';

import { pacedTopics } from '../../../lib/pipeline/announce/paced-topics.ts';

describe('pacedTopics', () => {
  it('sends at most five a second to one topic, and makes no topic wait for another', async () => {
    let now = 0;
    const sent: [string, number][] = [];
    const topics = pacedTopics(
      { publish: async ({ topicArn }) => `m${sent.push([topicArn, now])}` },
      {
        clock: () => new Date(now),
        pause: async (milliseconds) => {
          now += milliseconds;
        },
      },
    );
    const send = async (topicArn: string) =>
      await topics.publish({ topicArn, subject: 's', text: 't', attributes: {} });

    for (const topic of ['a', 'a', 'b', 'a']) await send(topic);
    now += 1000;
    await send('a');

    expect(sent).toEqual([
      ['a', 0],
      ['a', 200],
      ['b', 200],
      ['a', 400],
      ['a', 1400],
    ]);
  });
});
