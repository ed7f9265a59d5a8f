import { describe, expect, it } from '@jest/globals';

import { openLocalStore } from '../../../lib/adapters/local/store/local-store.ts';
import { examineSubscribers } from '../../../lib/pipeline/examine-home/subscribers.ts';

const AT = '2026-11-24T12:00:00.000Z';
const { register } = openLocalStore(':memory:');

/** As a command and the sweep leave it; `known`: null where the sweep has not seen its topic. */
async function subscribe(name: string, known: object | null, phase = 'made'): Promise<void> {
  const unasked = { teams: null, assets: null, stages: null, kinds: null, minSeverity: null, owners: null };
  const row = { name, address: `${name}@example.org`, ...unasked, by: { principal: 'a test', person: null }, at: AT };
  const facts = { topic: 'there', confirmed: [], pending: [], since: AT, ...known };
  await register.commit({
    puts: [
      { item: { pk: 'SUBSCRIBERS', sk: name, body: { ...row, phase } }, when: 'absent' as const },
      ...(known === null ? [] : [{ item: { pk: 'SUBSCRIPTIONS', sk: name, body: facts }, when: 'absent' as const }]),
    ],
  });
}

describe('the doctor on subscribers that were made by a command', () => {
  it('lists each that there is: confirmed, pending, lost, or on its way out', async () => {
    await subscribe('ada', { confirmed: ['email ada@example.org'] });
    await subscribe('liz', {});
    await subscribe('newt', null, 'wanted');
    await subscribe('petra', { pending: ['email petra@example.org'] });
    await subscribe('quinn', { confirmed: ['email quinn@example.org'] }, 'unwanted');
    await subscribe('zoe', { confirmed: ['email zoe@example.org'] }, 'gone');

    const found = await examineSubscribers(register);
    expect(found.map(({ id, well, says }) => [id, well, says])).toEqual([
      ['subscriber-ada', true, 'ada@example.org is confirmed'],
      ['subscriber-liz', false, `liz@example.org is subscribed no longer, since ${AT}`],
      ['subscriber-newt', false, `newt@example.org has not confirmed since ${AT}, and gets nothing until then`],
      ['subscriber-petra', false, `petra@example.org has not confirmed since ${AT}, and gets nothing until then`],
      ['subscriber-quinn', true, 'quinn@example.org is being taken away: the sweep finishes it'],
    ]);
    expect(found.map(({ next }) => next)).toEqual([
      null,
      expect.stringContaining(
        'cavendish subscribe liz@example.org --name liz\nor take it away: cavendish unsubscribe liz',
      ),
      expect.stringContaining('cavendish subscribe newt@example.org --name newt'),
      expect.stringContaining('cavendish subscribe petra@example.org --name petra'),
      null,
    ]);
  });

  it('says that it can not look where the register can not be read', async () => {
    const closed = { ...register, query: () => Promise.reject(new Error('it is away')) };

    expect(await examineSubscribers(closed)).toMatchObject([{ id: 'subscribers-made', well: false }]);
  });
});
