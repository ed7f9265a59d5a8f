import { beforeEach, describe, expect, it } from '@jest/globals';

import { parseAppetite } from '../../../lib/core/appetite/parse-appetite.ts';
import type { Digest } from '../../../lib/core/image/digest.ts';
import type { Stage } from '../../../lib/core/image/stage.ts';
import type { Advice } from '../../../lib/core/lineage/advice.ts';
import { factsOf } from '../../../lib/core/lineage/image-facts.ts';
import type { Finding } from '../../../lib/core/matching/finding.ts';
import { judgeImage } from '../../../lib/pipeline/judge-image/judge-image.ts';
import { addBase } from '../../../lib/pipeline/lineage/add-base.ts';
import { adviser } from '../../../lib/pipeline/lineage/advise.ts';
import { approvalChanges, changeApproval } from '../../../lib/pipeline/lineage/approve-base.ts';
import { knownBases } from '../../../lib/pipeline/lineage/known-bases.ts';
import { anAppetiteFile } from '../../support/appetites.ts';
import { aDigest } from '../../support/assessments.ts';
import { aChild, aFamily, aNewer } from '../../support/family.ts';
import { about, aFeedHome, AT, DAY_1, type FeedHome } from '../../support/feed-home.ts';
import { advisory } from '../../support/feed-parts.ts';
import { type BuiltImage, openImage } from '../../support/images.ts';

const family = { ...(await aFamily()), shopChild: await aChild((await aFamily()).shop) };
const newer = await aNewer();
const NOW = AT.toISOString();
const appetite = { hash: aDigest('appetite'), source: 'a test', value: parseAppetite(anAppetiteFile(), 'a test') };

let home: FeedHome & { readonly register: FeedHome['store']['register'] };

beforeEach(async () => {
  const made = aFeedHome();
  await made.take(['perl', 'zlib', 'nginx'].map((name) => advisory(about(`DSA-${name}`, DAY_1, name))));
  home = { ...made, register: made.store.register };
});

async function add(built: BuiltImage, name: string, at = NOW): Promise<Digest> {
  return (await addBase(openImage(built), name, at, home)).facts.image;
}

async function approve(image: Digest, stages: readonly Stage[] = ['production'], until = '2027-01-01T00:00:00.000Z') {
  await changeApproval(image, { approval: { stages, until, by: 'Ana' }, by: 'Ana', why: null, at: NOW }, home.register);
}

async function adviceFor(built: BuiltImage, at = NOW): Promise<Advice | null> {
  const { digest, platform } = openImage(built);
  const request = { digest, platform, reference: 'a test', placement: null, repository: 'team/app', at: NOW };
  const stage = { name: 'production', from: 'given' } as const;
  const { assessment } = await judgeImage({ ...request, stage }, openImage(built), { ...home, appetite });
  return await adviser(at, home)(assessment);
}

function names(findings: readonly Finding[] | undefined): readonly string[] {
  return (findings ?? []).map(({ vulnerability }) => vulnerability);
}

describe('advice on a base', () => {
  it('is none where no base is known, and where it is the newest and nobody approves bases', async () => {
    expect(await adviceFor(family.shop)).toBeNull();
    await add(family.debian, 'debian:12');
    expect(await adviceFor(family.shop)).toBeNull();
  });

  it('names the newer build, and what it removes and adds of what is inherited', async () => {
    await add(family.debian, 'debian:12');
    const target = await add(newer, 'debian:12');
    const advice = await adviceFor(family.shop);

    expect(advice).toMatchObject({ unapproved: false, outdated: true, to: { image: target, approved: false } });
    // The shop's own nginx stays, whatever its base becomes.
    expect(names(advice?.changes?.removed)).toEqual(['DSA-perl']);
    expect(names(advice?.changes?.added)).toEqual(['DSA-zlib']);
  });

  it('names an approved build of the same name before a newer one that is not approved', async () => {
    const old = await add(family.debian, 'debian:12');
    const target = await add(newer, 'debian:12');
    await approve(target);

    expect(await adviceFor(family.shop)).toMatchObject({ unapproved: true, to: { image: target, approved: true } });
    await approve(old);
    expect(await adviceFor(family.shop)).toMatchObject({ unapproved: false, outdated: true, to: { image: target } });
  });

  it('names, for a base that is not approved, the approved one that shares most packages', async () => {
    await add(family.debian, 'debian:12');
    const alike = await add(newer, 'golden/debian:12');
    await approve(alike);

    expect(await adviceFor(family.shop)).toMatchObject({
      ...{ unapproved: true, outdated: false },
      to: { image: alike, name: 'golden/debian:12', approved: true },
    });
  });

  it('counts an approval neither for another stage nor at the instant at which it ends', async () => {
    const old = await add(family.debian, 'debian:12');
    const other = await add(newer, 'golden/debian:12');
    await approve(old, ['production'], '2026-12-01T00:00:00.000Z');
    await approve(other, ['testing']);

    expect(await adviceFor(family.shop, '2026-11-30T23:59:59.999Z')).toBeNull();
    expect(await adviceFor(family.shop, '2026-12-01T00:00:00.000Z')).toBeNull();
    await approve(other, ['production']);
    expect(await adviceFor(family.shop, '2026-11-30T23:59:59.999Z')).toBeNull();
    expect(await adviceFor(family.shop, '2026-12-01T00:00:00.000Z')).toMatchObject({ unapproved: true });
  });

  it('looks below a base that is the newest: what that one brought stays', async () => {
    await add(family.debian, 'debian:12');
    await add(family.shop, 'shop:1');
    const target = await add(newer, 'debian:12');
    const advice = await adviceFor(family.shopChild);

    expect(advice).toMatchObject({ base: { name: 'debian:12' }, outdated: true, to: { image: target } });
    expect(names(advice?.changes?.removed)).toEqual(['DSA-perl']);
  });

  it('says that it can not tell what changes, where the SBOM of a build is lost', async () => {
    await add(family.debian, 'debian:12');
    await add(newer, 'debian:12');
    const { held } = home.evidence;
    for (const [digest, bytes] of held) {
      if (new TextDecoder().decode(bytes).includes(`"image":"${newer.manifest.digest}"`)) held.delete(digest);
    }

    expect(await adviceFor(family.shop)).toMatchObject({ to: { name: 'debian:12' }, changes: null });
  });
});

describe('approving a base', () => {
  it('keeps every change with who made it, and has the clones judged again', async () => {
    const image = await add(family.debian, 'debian:12');
    await approve(image);
    const later = '2026-11-24T00:00:00.000Z';
    await changeApproval(image, { approval: null, by: 'Bo', why: 'compromised', at: later }, home.register);

    expect(await approvalChanges(image, home.register)).toMatchObject([
      { approval: null, by: 'Bo', why: 'compromised', at: later },
      { approval: { stages: ['production'] }, by: 'Ana', why: null, at: NOW },
    ]);
    expect(await knownBases(home.register)).toMatchObject([{ names: ['debian:12'], approval: null }]);
    const causes = [];
    for (let work = await home.store.work.claim(AT); work !== null; work = await home.store.work.claim(AT)) {
      causes.push(work.body);
    }
    expect(causes.filter(({ kind }) => kind === 'approval')).toEqual([
      { kind: 'approval', image, at: NOW },
      { kind: 'approval', image, at: later },
    ]);
  });

  it('refuses what is over before it begins, what there is not to take back, and what was never scanned', async () => {
    const image = await add(family.debian, 'debian:12');
    const [unknown] = [factsOf(openImage(family.shop), NOW).image];

    await expect(approve(image, ['production'], NOW)).rejects.toMatchObject({ code: 'bad-input' });
    await expect(
      changeApproval(image, { approval: null, by: 'Bo', why: null, at: NOW }, home.register),
    ).rejects.toMatchObject({ code: 'bad-input' });
    await expect(approve(unknown)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('is lost to nobody where two approve at once', async () => {
    const image = await add(family.debian, 'debian:12');
    await Promise.all([approve(image, ['production']), approve(image, ['testing'])]);

    expect(await approvalChanges(image, home.register)).toHaveLength(2);
  });
});
