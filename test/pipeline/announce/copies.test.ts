import { describe, expect, it } from '@jest/globals';

import type { Addressed } from '../../../lib/core/notices/addressed.ts';
import type { Interests } from '../../../lib/core/notices/subscriber.ts';
import { copiesOf, entriesByReader } from '../../../lib/pipeline/announce/copies.ts';
import { aChangedVerdict } from '../../support/changed-verdicts.ts';
import { aNotice } from '../../support/notices.ts';

const ABOUT: Addressed = {
  ...{ kinds: ['verdict-changed'], repository: 'shop/cart', asset: null, stages: ['production'] },
  ...{ verdict: 'no-go', owner: 'shop team', severity: 'low' },
};
const follower = (name: string, interests: Interests = {}) => ({ name, address: `${name}@example.com`, interests });

describe('copies of a notice', () => {
  it('go to each address that wants it, once, under names of their own', () => {
    const notice = aNotice({ to: 'Ada@example.com' });
    const copies = copiesOf(notice, ABOUT, [
      ...[follower('ada'), follower('bob'), { ...follower('bob'), name: 'bob-2' }],
      ...[follower('cleo', { minSeverity: 'high' }), follower('dan', { owners: ['shop team'] })],
    ]);

    expect(copies).toEqual([
      { ...notice, id: `${notice.id}-bob-2`, to: 'bob@example.com' },
      { ...notice, id: `${notice.id}-dan`, to: 'dan@example.com' },
    ]);
  });

  it('of a round hold what each wants, owners what is theirs', () => {
    const [cart, pay] = [aChangedVerdict(), aChangedVerdict({ repository: 'pay/api', owner: 'pay@example.com' })];
    const byReader = entriesByReader(
      [cart, pay],
      [
        follower('pay', { repositories: ['**'] }),
        follower('bob', { owners: ['shop team'] }),
        follower('none', { assets: ['x'] }),
      ],
    );

    expect(Object.fromEntries(byReader)).toEqual({
      'bob@example.com': [cart],
      'pay@example.com': [cart, pay],
      'shop team': [cart],
    });
  });
});
