import { describe, expect, it } from '@jest/globals';

import {
  APPLIED_EXCEPTIONS_PARTITION,
  appliedExceptionKey,
  coversKey,
  coversPartition,
  EXCEPTION_CHANGE_PREFIX,
  EXCEPTION_ENDS_CURSOR,
  EXCEPTION_ENDS_PARTITION,
  exceptionChangeKey,
  exceptionEndKey,
  exceptionKey,
  exceptionListKey,
  exceptionListPartition,
  exceptionPartition,
} from '../../../lib/core/register/exception-keys.ts';

const DIGEST = `sha256:${'a'.repeat(64)}` as const;
const ID = 'EX-01KAXJ0000ABCDEFGHJKMNPQRS';
const END = '2027-01-01T00:00:00.000Z';

/** As docs/data-model.md says: under another key the exceptions that people have would be gone. */
describe('the keys of exceptions', () => {
  it.each([
    ['an exception', exceptionKey(ID), `EXCEPTION#${ID}`, 'STATE'],
    ['a change of one', exceptionChangeKey(ID, END, DIGEST), `EXCEPTION#${ID}`, `CHANGE#${END}#${DIGEST}`],
    ['a line of a list', exceptionListKey(ID, 'requested'), 'EXCEPTIONS#requested', ID],
    ['what covers an asset', coversKey({ asset: 'shop' }, ID, 1), 'COVERS#asset#shop', `${ID}#0001`],
    ['what covers repositories', coversKey({ repository: 'team/*' }, ID, 1), 'COVERS#repositories', `${ID}#0001`],
    ['what covers an image', coversKey({ digest: DIGEST }, ID, 2), `COVERS#digest#${DIGEST}`, `${ID}#0002`],
    [
      'what covers all that is built on a base',
      coversKey({ base: DIGEST, name: 'debian:12' }, ID, 10),
      `COVERS#base#${DIGEST}`,
      `${ID}#0010`,
    ],
    ['when one ends', exceptionEndKey(END, ID), 'EXCEPTION-ENDS', `${END}#${ID}`],
    ['up to when they were ended', EXCEPTION_ENDS_CURSOR, 'EXCEPTION-ENDS-CURSOR', 'THROUGH'],
    ['an entry of an applied file', appliedExceptionKey('perl-in-shop'), 'APPLIED-EXCEPTIONS', 'perl-in-shop'],
  ])('put %s where it is looked for', (_, key, pk, sk) => {
    expect(key).toEqual({ pk, sk });
  });

  it('are found by the partitions that are read', () => {
    const change = exceptionChangeKey(ID, END, DIGEST);
    expect([exceptionKey(ID).pk, change.pk]).toEqual([exceptionPartition(ID), exceptionPartition(ID)]);
    expect(change.sk.startsWith(EXCEPTION_CHANGE_PREFIX)).toBe(true);
    expect(exceptionListKey(ID, 'granted').pk).toBe(exceptionListPartition('granted'));
    expect(exceptionEndKey(END, ID).pk).toBe(EXCEPTION_ENDS_PARTITION);
    expect(appliedExceptionKey('perl-in-shop').pk).toBe(APPLIED_EXCEPTIONS_PARTITION);
  });

  it('have one partition for every pattern of repositories, since nobody can ask by one', () => {
    expect(coversPartition({ repository: 'team/*' })).toBe(coversPartition({ repository: 'other/**' }));
  });

  it('order the grants of one exception', () => {
    const rows = [1, 2, 10].map((revision) => coversKey({ asset: 'shop' }, ID, revision).sk);
    expect([...rows].sort()).toEqual(rows);
  });

  it('order ends by time', () => {
    const earlier = exceptionEndKey('2026-12-31T23:00:00.000Z', 'EX-B');
    expect(earlier.sk < exceptionEndKey(END, 'EX-A').sk).toBe(true);
  });
});
