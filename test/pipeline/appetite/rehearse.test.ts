import { describe, expect, it } from '@jest/globals';

import { parseAppetite } from '../../../lib/core/appetite/parse-appetite.ts';
import type { Rehearsed } from '../../../lib/core/appetite/rehearsal.ts';
import { digestOf } from '../../../lib/core/canonical/canonical.ts';
import { type RehearsalPage, rehearse } from '../../../lib/pipeline/appetite/rehearse.ts';
import { sight } from '../../../lib/pipeline/sightings/sight.ts';
import { grantIn } from '../../support/granting.ts';
import { aGrant, anExceptionId } from '../../support/grants.ts';
import { aShop, DAY, LATER, shopAppetite } from '../../support/round-shop.ts';
import type { RoundHome } from '../../support/rounds.ts';

const OPERATED = 'people: [{ name: Otto, principals: ["laptop:otto"], roles: [operator] }]\n';
const STRICT = shopAppetite('id: fixable, says: What has a fix is fixed., finding: finding.fixable').concat(OPERATED);

function judgedBy(text: string, source: string) {
  return { hash: digestOf(new TextEncoder().encode(text)), source, value: parseAppetite(text, source) };
}

async function rehearsed(
  home: RoundHome,
  text: string,
  limit = 100,
  inForceText = shopAppetite(),
): Promise<RehearsalPage & { readonly pages: number }> {
  const { register } = home.store;
  const inForce = judgedBy(inForceText, 'a test');
  let [after, pages]: [string | null, number] = [null, 0];
  const all = { judged: 0, changed: [] as Rehearsed[], failed: [] as RehearsalPage['failed'][number][] };
  do {
    const page: RehearsalPage = await rehearse(
      { other: judgedBy(text, 'other.yaml'), limit, after },
      { register, evidence: home.evidence, appetite: inForce },
    );
    all.judged += page.judged;
    all.changed.push(...page.changed);
    all.failed.push(...page.failed);
    after = page.next;
    pages += 1;
  } while (after !== null);
  return { ...all, next: null, pages };
}

function shown({ changed }: Pick<RehearsalPage, 'changed'>): readonly string[] {
  return changed
    .map(
      ({ placement, stage, verdict }) =>
        `${placement.repository} ${stage.before} ${verdict.before} ${stage.after} ${verdict.after}`,
    )
    .sort();
}

describe('rehearse', () => {
  it('says which verdicts would change, and keeps nothing', async () => {
    const home = await aShop();
    const held = [...home.evidence.held.keys()];
    const before = await home.board();
    const page = await rehearsed(home, STRICT);

    expect(page.judged).toBe(3);
    expect(shown(page)).toEqual([
      'shop/cart production go production no-go',
      'shop/pay production go production no-go',
    ]);
    expect(page.changed[0]).toMatchObject({
      broken: ['fixable'],
      mended: [],
      blocking: { before: false, after: true },
    });
    expect(page.failed).toEqual([]);
    expect(await home.board()).toEqual(before);
    expect([...home.evidence.held.keys()]).toEqual(held);
  });

  it('finds nothing to change in the one that is in force', async () => {
    expect(shown(await rehearsed(await aShop(), shopAppetite()))).toEqual([]);
  });

  it('says what adopting it then brings', async () => {
    const home = await aShop();
    await home.push({ repository: 'trial/app', layers: [['perl 1'], ['trial 1']] });
    const text = STRICT.replace('stage: testing, exposure: internal', 'stage: production, exposure: internal');
    const said = shown(await rehearsed(home, text));
    const was = new Map((await home.board()).map((one) => [one.placement.digest, `${one.stage} ${one.verdict}`]));
    home.at('2026-08-01T00:00:01.000Z');
    await home.adopt(text);
    await home.work();

    const moved = (await home.board()).filter(({ stage }) => stage === 'production');
    const came = moved
      .map(
        ({ placement, stage, verdict }) =>
          `${placement.repository} ${was.get(placement.digest) ?? ''} ${stage} ${verdict}`,
      )
      .filter((line) => !/ (?<same>\w+ [\w-]+) \k<same>$/u.test(line))
      .sort();
    expect(came).toEqual(said);
    expect(said).toContain('trial/app testing go production no-go');
  });

  it('tells of due dates that would be others though no verdict is', async () => {
    const home = await aShop();
    const days = (count: number) =>
      shopAppetite(`id: listed, says: Fixed., finding: finding.fixable, daysToFix: ${String(count)}`);
    const { changed } = await rehearsed(home, days(3000));

    expect(changed.map(({ verdict }) => verdict)).toEqual([
      { before: 'go', after: 'go' },
      { before: 'go', after: 'go' },
    ]);
    expect(changed.flatMap(({ due }) => due.first)).toContainEqual({
      vulnerability: 'CVE-2026-0001',
      package: 'perl',
      before: null,
      after: new Date(Date.parse(DAY) + 3000 * 86_400_000).toISOString(),
    });
  });

  it.each([1, 2, 3, 7])('comes to the same in pages of %i, and goes on where it ended', async (limit) => {
    const home = await aShop();
    const { changed, judged, pages } = await rehearsed(home, STRICT, limit);

    expect(shown({ changed })).toHaveLength(2);
    expect(judged).toBe(3);
    expect(pages).toBeGreaterThanOrEqual(Math.ceil(3 / limit));
  });

  it('names what can not be judged, and goes on with the rest', async () => {
    const home = await aShop();
    const [cart] = await home.board();
    if (cart === undefined) throw new Error('the shop is empty');
    home.evidence.held.delete(cart.assessment);
    const { judged, failed } = await rehearsed(home, STRICT);

    expect(judged).toBe(2);
    expect(failed).toEqual([
      { placement: cart.placement, stage: 'production', why: expect.stringContaining(cart.assessment) as unknown },
    ]);
  });

  it('judges both for what runs in production, whatever the appetite gives its repository', async () => {
    const home = await aShop();
    const placement = await home.push({ repository: 'trial/app', layers: [['perl 1'], ['trial 1']] });
    const { register } = home.store;
    home.at(LATER);
    const report = {
      digest: placement.digest,
      where: 'shop',
      environment: 'production',
      image: null,
      source: 'cli',
    } as const;
    await sight({ ...report, unit: '', at: LATER, ended: false }, { register, now: () => new Date(LATER) });
    await home.work();

    expect(shown(await rehearsed(home, STRICT))).toContain('trial/app production go production no-go');
  });

  it('tells which exceptions would cover less, and what follows', async () => {
    const home = await aShop();
    const named = 'people: [{ name: Olive Owner, principals: ["laptop:owner"], roles: [operator] }]\n';
    const text = shopAppetite('id: fixable, says: What has a fix is fixed., finding: finding.fixable').concat(named);
    home.at(LATER);
    await home.adopt(text);
    const scope = { images: { asset: 'shop' }, packages: ['perl'], vulnerabilities: [] };
    await grantIn(aGrant({ at: LATER, scope }), { ...home.store, evidence: home.evidence });
    await home.work();
    expect((await home.board()).map(({ verdict }) => verdict)).toEqual(['go', 'go', 'no-go']);

    const never = 'exceptions: { never: [{ id: perl, says: Never., finding: finding.package.source == "perl" }] }\n';
    const { changed } = await rehearsed(home, text.concat(never), 100, text);
    expect(shown({ changed })).toEqual([
      'shop/cart production go production no-go',
      'shop/pay production no-go production no-go',
    ]);
    for (const { exceptions } of changed) expect(exceptions).toEqual([{ id: anExceptionId(1), before: 1, after: 0 }]);
  });

  it('takes no place that no page gave', async () => {
    const home = await aShop();
    const { register } = home.store;
    const inForce = judgedBy(shopAppetite(), 'a test');

    await expect(
      rehearse({ other: inForce, limit: 1, after: 'x' }, { register, evidence: home.evidence, appetite: inForce }),
    ).rejects.toMatchObject({ code: 'bad-input' });
  });
});
