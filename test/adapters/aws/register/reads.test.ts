/** What the register reads on DynamoDB, on dynalite over seeded items; test/aws/ has the whole contract. */
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { dynamoRegister } from '../../../../lib/adapters/aws/register/register.ts';
import { dynamoWork } from '../../../../lib/adapters/aws/register/work.ts';
import { anEntry, anItem } from '../../../contracts/register-store/fixture.ts';
import { describeIndexes } from '../../../contracts/register-store/indexes.ts';
import { describeQueries } from '../../../contracts/register-store/queries.ts';
import { type SeededTable, startDynalite } from '../../../support/dynalite.ts';

const NOW = new Date('2026-11-23T00:00:00Z');

function openOn({ client, table, seed, close }: SeededTable) {
  return {
    register: { ...dynamoRegister({ client, table }), commit: seed },
    work: dynamoWork({ client, table, leaseSeconds: 60 }),
    settle: () => Promise.resolve(),
    close,
  };
}

describe('the register on DynamoDB', () => {
  // dynalite compares the ends of a range by UTF-16.
  describeQueries(async () => openOn(await startDynalite()), ['a range across planes']);
  describeIndexes(async () => openOn(await startDynalite()));

  describe('over items that were seeded', () => {
    let seeded: SeededTable;
    let store: ReturnType<typeof openOn>;

    beforeEach(async () => {
      seeded = await startDynalite();
      store = openOn(seeded);
    });
    afterEach(() => seeded.close());

    it('keeps its partitions and those of the outbox apart', async () => {
      await seeded.seed({ puts: [], outbox: [anEntry('e')] });
      const outbox = { pk: 'OUTBOX#e', sk: 'ENTRY' };
      await expect(store.register.get(outbox)).rejects.toMatchObject({ code: 'bad-input' });
      await expect(store.register.query({ pk: outbox.pk })).rejects.toMatchObject({ code: 'bad-input' });
      const put = { item: { ...outbox, body: {} }, when: 'absent' } as const;
      await expect(seeded.seed({ puts: [put] })).rejects.toMatchObject({ code: 'bad-input' });
      await expect(seeded.seed({ puts: [], history: [put.item] })).rejects.toMatchObject({ code: 'bad-input' });
    });

    it('lists and counts what waits, page by page', async () => {
      const ids = Array.from({ length: 90 }, (_, n) => `entry ${n}`);
      await seeded.seed({ puts: [], outbox: ids.map((id) => anEntry(id)) });
      expect((await store.work.due(NOW, 1000)).map(({ id }) => id)).toEqual(ids);
      const first = ids.slice(0, 7).map((id) => ({ id, type: 'judge', due: null, put: expect.any(Date) }));
      const due = await store.work.due(NOW, 7);
      expect(due).toEqual(first);
      expect(Math.abs(Date.now() - due[0]!.put!.getTime())).toBeLessThan(60_000);
      expect(await store.work.state()).toEqual({ waiting: 90, buried: [] });
    });

    it.each<[string, Parameters<typeof tamper>[0], string]>([
      ['without a version', { body: { S: '{}' } }, 'lacks its version'],
      ['without a body', { version: { N: '1' } }, 'lacks its body'],
      ['with a body that is not JSON', { version: { N: '1' }, body: { S: '{"a":' } }, 'is not JSON'],
    ])('says that somebody else wrote an item %s', async (_, attributes, says) => {
      await tamper(attributes);
      await expect(store.register.get({ pk: 'P', sk: 'a' })).rejects.toMatchObject({
        code: 'integrity-failed',
        message: expect.stringContaining(says),
      });
    });

    async function tamper(attributes: Record<string, { readonly S: string } | { readonly N: string }>): Promise<void> {
      const Item = { pk: { S: 'P' }, sk: { S: 'a' }, ...attributes };
      await seeded.client.send(new PutItemCommand({ TableName: seeded.table, Item }));
    }

    it('finds an item again that was seeded', async () => {
      await seeded.seed({ puts: [{ item: anItem('a', { n: 1 }), when: 'absent' }], history: [anItem('h')] });
      expect(await store.register.get({ pk: 'P', sk: 'a' })).toEqual({ ...anItem('a', { n: 1 }), version: 1 });
      expect(await store.register.get({ pk: 'P', sk: 'h' })).toEqual({ ...anItem('h'), version: 1 });
      expect(await store.register.get({ pk: 'P', sk: 'x' })).toBeNull();
    });
  });
});
