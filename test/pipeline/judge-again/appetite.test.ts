/** Another appetite is adopted: what it changes is judged again, without a restart, and told once. */
import { describe, expect, it } from '@jest/globals';

import { readBoard } from '../../../lib/pipeline/read-board/read-board.ts';
import { aShop, LATER, shopAppetite } from '../../support/round-shop.ts';

const OPERATED = 'people: [{ name: Otto, principals: ["laptop:otto"], roles: [operator] }]\n';
const STRICT = shopAppetite('id: fixable, says: What has a fix is fixed., finding: finding.fixable').concat(OPERATED);

describe('an adopted appetite', () => {
  it('has everything judged again by it, and its owner told once', async () => {
    const home = await aShop();
    home.at(LATER);
    const { adoption } = await home.adopt(STRICT);
    await home.work();

    const board = await home.board();
    expect(board.map(({ placement, verdict, at }) => [placement.repository, verdict, at])).toEqual([
      ['shop/cart', 'no-go', LATER],
      ['shop/none', 'go', LATER],
      ['shop/pay', 'no-go', LATER],
    ]);
    for (const current of board) expect((await home.assessment(current)).appetite.hash).toBe(adoption.hash);
    expect(home.notices).toHaveLength(1);
    expect(home.notices[0]?.text).toContain('because another risk appetite is in force');
    expect(home.notices[0]?.text).toContain('cavendish appetite diff');
  });

  it('judges again what was on its way into the register by the one before', async () => {
    const home = await aShop();
    home.at(LATER);
    await home.push({ repository: 'shop/new', layers: [['zlib 1']] }, async () => {
      await home.adopt(STRICT);
      await home.work();
    });
    home.at('2026-08-02T00:00:01.000Z');
    await home.work();

    const made = (await home.board()).find(({ placement }) => placement.repository === 'shop/new');
    expect(made?.verdict).toBe('no-go');
  });

  it('takes the verdict off the board of a stage that it no longer gives, and puts it back when it gives it again', async () => {
    const home = await aShop();
    const shown = async () =>
      (await readBoard(home.store.register, { all: false })).map(
        ({ placement, stage }) => `${placement.repository} ${stage}`,
      );
    home.at(LATER);
    await home.adopt(
      shopAppetite()
        .replace('stage: production, exposure: internet', 'stage: testing, exposure: internet')
        .concat(OPERATED),
    );
    await home.work();
    expect(await shown()).toEqual(['shop/cart testing', 'shop/none testing', 'shop/pay testing']);

    home.at('2026-08-03T00:00:00.000Z');
    await home.adopt(shopAppetite().concat(OPERATED));
    await home.work();
    expect(await shown()).toEqual(['shop/cart production', 'shop/none production', 'shop/pay production']);
    const all = await home.board();
    expect(all.filter(({ retired }) => retired).map(({ stage, at }) => [stage, at])).toEqual([
      ['testing', LATER],
      ['testing', LATER],
      ['testing', LATER],
    ]);
  });

  it('changes no verdict by what its file is called', async () => {
    const home = await aShop();
    await home.adopt(STRICT);
    await home.work();
    home.at(LATER);
    await home.adopt(shopAppetite().concat(OPERATED));
    await home.work();
    const before = await home.board();
    expect(before.every(({ verdict }) => verdict === 'go')).toBe(true);

    home.at('2026-08-03T00:00:00.000Z');
    await home.leave({ kind: 'day', day: '2026-08-03' });
    await home.work();
    const after = await home.board();
    expect(after.map(({ assessment }) => assessment)).toEqual(before.map(({ assessment }) => assessment));
  });
});
