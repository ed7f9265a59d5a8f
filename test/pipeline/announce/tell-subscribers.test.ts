import { describe, expect, it } from '@jest/globals';

import { CavendishError } from '../../../lib/core/errors/error.ts';
import { tellSubscribers } from '../../../lib/pipeline/announce/tell-subscribers.ts';
import { anAnnouncingHome, aSubscriber, OPERATOR_TOPIC, topicOf } from '../../support/announcing.ts';
import { aChangedVerdict, aRound } from '../../support/changed-verdicts.ts';

const cart = aSubscriber('cart', { repositories: ['shop/cart'] });
const goers = aSubscriber('goers', { verdicts: ['go'] });

const entries = [
  aChangedVerdict({ repository: 'shop/cart', verdict: 'no-go' }),
  aChangedVerdict({ repository: 'shop/pay', verdict: 'go' }),
  aChangedVerdict({ repository: 'shop/none', verdict: 'no-go' }),
];

describe('tellSubscribers', () => {
  it('sends one message to each who wants any of it, and what nobody wants to the operator', async () => {
    const { dependencies, messages } = anAnnouncingHome([cart, goers]);

    expect(await tellSubscribers(entries, aRound(), false, dependencies)).toEqual({ notices: 3 });
    expect(messages.map(({ topicArn, attributes }) => [topicArn, attributes])).toEqual([
      [topicOf('cart'), { kind: 'judged-again' }],
      [topicOf('goers'), { kind: 'judged-again' }],
      [OPERATOR_TOPIC, { kind: 'judged-again' }],
    ]);
    expect(messages[0]?.text).toContain('shop/cart:1.0');
    expect(messages[0]?.text).not.toContain('shop/pay:1.0');
    expect(messages[2]?.text).toContain('No subscriber wants these');
  });

  it('sends nothing twice, and goes on with whom it could not tell', async () => {
    const { dependencies, messages, refusals } = anAnnouncingHome([cart, goers]);
    refusals.set(topicOf('goers'), new CavendishError('unavailable', 'SNS is busy'));
    await expect(tellSubscribers(entries, aRound(), false, dependencies)).rejects.toThrow('SNS is busy');
    refusals.clear();

    expect(await tellSubscribers(entries, aRound(), false, dependencies)).toEqual({ notices: 2 });
    expect(messages.map(({ topicArn }) => topicArn)).toEqual([topicOf('cart'), topicOf('goers'), OPERATOR_TOPIC]);
  });

  it('gives the operator what was for a topic that is gone', async () => {
    const { dependencies, messages, refusals } = anAnnouncingHome([cart]);
    refusals.set(topicOf('cart'), new CavendishError('not-found', 'no such topic'));

    await tellSubscribers(entries.slice(0, 1), aRound(), false, dependencies);
    expect(messages).toEqual([expect.objectContaining({ topicArn: OPERATOR_TOPIC })]);
    expect(messages[0]?.text.replaceAll(/\s+/gu, ' ')).toContain(
      'This was for the subscriber cart, whose topic is gone',
    );
  });

  it('tells the operator where something has to be said and nothing changed, else nobody', async () => {
    const { dependencies, messages } = anAnnouncingHome([cart]);

    expect(await tellSubscribers([], aRound(), false, dependencies)).toEqual({ notices: 0 });
    expect(await tellSubscribers([], aRound({ failed: ['shop/cart: the SBOM is gone'] }), true, dependencies)).toEqual({
      notices: 1,
    });
    expect(messages.map(({ topicArn, subject }) => [topicArn, subject])).toEqual([
      [OPERATOR_TOPIC, '[Cavendish] 1 verdict could not be judged again'],
    ]);
  });
});
