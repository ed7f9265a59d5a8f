import { expect, it } from '@jest/globals';

import { unreachedNotice } from '../../../lib/core/notices/unreached-notice.ts';
import { asWritten } from '../../support/notices.ts';

const OLIVE = { name: 'Olive Owner', address: 'olive owner@example.com' };
const AMIR = { name: 'Amir Approver', address: null };
const about = { what: 'Exception ends tomorrow', at: '2026-12-09T08:00:00.000Z', home: ' --home aws:Cavendish' };

it('says who was not told of what, and how each is, by what is known of them', () => {
  const { kind, at, subject, letter } = unreachedNotice({ ...about, who: [OLIVE, AMIR] });
  expect({ kind, at, subject }).toEqual({
    ...{ kind: 'subscription-lost', at: about.at, subject: '[Cavendish] 2 people can not be told' },
  });
  const [missed, next] = letter.sections;
  expect(asWritten(missed?.items ?? [])).toEqual([
    'Olive Owner (olive owner@example.com) did not get: Exception ends tomorrow',
    'Amir Approver (no e-mail in the appetite) did not get: Exception ends tomorrow',
  ]);
  expect(asWritten(next?.items ?? [])).toEqual([
    "let Olive Owner be told, and confirm the subscription: cavendish subscribe 'olive owner@example.com' --home aws:Cavendish",
    'name an e-mail address of Amir Approver in the appetite, under "people"',
  ]);
});

it('counts one person as one', () => {
  expect(unreachedNotice({ ...about, who: [AMIR] }).subject).toBe('[Cavendish] 1 person can not be told');
});
