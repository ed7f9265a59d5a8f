import { describe, expect, it } from '@jest/globals';

import { heldKey, heldPartition, PACE_PARTITION, paceKey } from '../../../lib/core/register/pace-keys.ts';
import {
  REMINDER_DAY_CURSOR,
  REMINDER_DUE_CURSOR,
  reminderDueKey,
  reminderDuePartition,
  reminderKey,
  reminderPartition,
  reminderPartitions,
  toldKey,
} from '../../../lib/core/register/reminder-keys.ts';

const AT = '2026-12-24T09:00:00.000Z';
const DUE = { at: '2027-01-01T00:00:00.000Z' };
const ladder = { kind: 'expiry', subject: 'EX-1' } as const;
const TOPIC = 'arn:aws:sns:eu-central-1:111122223333:shop';

/** As docs/data-model.md says: under another key people would be reminded again, or never. */
describe('the keys of reminders and of what waits', () => {
  it.each([
    ['what was told', toldKey(ladder, DUE, { name: '7' }, 'Olive'), 'REMINDER#expiry#EX-1', `RUNG#${DUE.at}#7#Olive`],
    ['what is due when', reminderDueKey(AT, ladder), 'REMINDER-DUE#2026-12', `${AT}#expiry#EX-1`],
    ['up to when what is due was sent', REMINDER_DUE_CURSOR, 'REMINDER-DUE-CURSOR', 'THROUGH'],
    ['the day of which all was looked at', REMINDER_DAY_CURSOR, 'REMINDER-DUE-CURSOR', 'DAY'],
    ['how much somebody was told', paceKey(TOPIC), 'PACE', TOPIC],
    ['what waits for a round-up', heldKey(TOPIC, { at: AT, id: 'notice' }), `HELD#${TOPIC}`, `${AT}#notice`],
  ])('put %s where it is looked for', (_, key, pk, sk) => {
    expect(key).toEqual({ pk, sk });
  });

  it('are found by the partitions that are read', () => {
    expect(toldKey(ladder, DUE, { name: '7' }, 'Olive').pk).toBe(reminderPartition(ladder));
    expect(reminderDueKey(AT, ladder).pk).toBe(reminderDuePartition('2026-12-01T00:00:00.000Z'));
    expect([paceKey(TOPIC).pk, heldKey(TOPIC, { at: AT, id: 'x' }).pk]).toEqual([PACE_PARTITION, heldPartition(TOPIC)]);
  });

  it('spread ladders over sixteen partitions, and each lies always in the same one of them', () => {
    const partitions = reminderPartitions();
    expect([partitions.length, partitions[0], partitions.at(-1)]).toEqual([16, 'REMINDERS#00', 'REMINDERS#15']);
    const keys = Array.from({ length: 200 }, (_, at) => reminderKey({ kind: 'expiry', subject: `EX-${String(at)}` }));
    expect(new Set(keys.map(({ pk }) => pk))).toEqual(new Set(partitions));
    expect(reminderKey(ladder)).toEqual({ ...reminderKey({ ...ladder }), sk: 'expiry#EX-1' });
  });
});
