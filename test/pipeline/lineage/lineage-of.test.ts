import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import type { Lineage } from '../../../lib/core/lineage/lineage.ts';
import { baseApprovalKey, chainPartition } from '../../../lib/core/register/index-keys.ts';
import { digestKey } from '../../../lib/core/register/keys.ts';
import { indexMemberKey } from '../../../lib/core/register/sighting-keys.ts';
import { inventoryOf } from '../../../lib/pipeline/judge-image/inventory-of.ts';
import { lineageOf } from '../../../lib/pipeline/lineage/lineage-of.ts';
import { readFamily } from '../../../lib/pipeline/lineage/read-family.ts';
import { rememberImage } from '../../../lib/pipeline/lineage/remember-image.ts';
import { rememberName } from '../../../lib/pipeline/lineage/remember-name.ts';
import type { RegisterStore } from '../../../lib/pipeline/ports/register-store.ts';
import { aDigest, aPlacement } from '../../support/assessments.ts';
import { dpkgStatus, osRelease } from '../../support/debian.ts';
import { aFamily, type Family, type Member, MEMBERS } from '../../support/family.ts';
import { type BuiltImage, file, image, layer, openImage } from '../../support/images.ts';
import { memoryEvidence } from '../../support/memory-evidence.ts';
import { memoryStore } from '../../support/memory-store.ts';

const PACKINGS = { debian: 'gzip', python: 'zstd', shop: 'plain', desk: 'gzip', deskLabelled: 'zstd' } as const;
const silent = await aFamily(PACKINGS);
const saying = await aFamily(PACKINGS, true);
const scanned = { register: memoryStore().register, evidence: memoryEvidence() };

function seenOn(day: number): string {
  return new Date(Date.UTC(2026, 10, 1 + day)).toISOString();
}

async function remember(built: BuiltImage, register: RegisterStore, at: string): Promise<void> {
  const { inventory } = await inventoryOf(openImage(built), scanned);
  if (inventory === null) throw new Error('not scanned');
  await rememberImage(openImage(built), inventory, at, register);
}

async function pushed(family: Family, order: readonly Member[]): Promise<RegisterStore> {
  const { register } = memoryStore();
  for (const [day, member] of order.entries()) await remember(family[member], register, seenOn(day));
  return register;
}

async function lineageIn(
  register: RegisterStore,
  { manifest }: BuiltImage,
  repository: string | null = null,
): Promise<Lineage> {
  const family = readFamily(register);
  const facts = await family.facts(manifest.digest);
  if (facts === null) throw new Error('not remembered');
  return await lineageOf(facts, repository, family);
}

async function basesOf(
  register: RegisterStore,
  family: Family,
  member: Member,
): Promise<readonly (Member | undefined)[]> {
  const { bases } = await lineageIn(register, family[member]);
  return bases.map(({ image }) => MEMBERS.find((one) => family[one].manifest.digest === image));
}

describe('the lineage of a family', () => {
  const orders = fc.shuffledSubarray([...MEMBERS], { minLength: MEMBERS.length });

  it('is the same in every order of pushing, whoever packed the layers; of equal layers the one seen first is the base', async () => {
    await fc.assert(
      fc.asyncProperty(orders, async (order) => {
        const register = await pushed(silent, order);
        const [first, second]: Member[] = order.filter((member) => member.startsWith('desk'));
        const of = async (member: Member) => await basesOf(register, silent, member);

        expect(await of('debian')).toEqual([]);
        expect(await of('python')).toEqual(['debian']);
        expect(await of('shop')).toEqual(['python', 'debian']);
        expect(await of(first ?? 'desk')).toEqual(['python', 'debian']);
        expect(await of(second ?? 'desk')).toEqual([first, 'python', 'debian']);
      }),
      { numRuns: 40 },
    );
  });

  it('is what the child says of its base where layers leave two to choose from, in every order', async () => {
    await fc.assert(
      fc.asyncProperty(orders, async (order) => {
        const register = await pushed(saying, order);

        expect(await basesOf(register, saying, 'deskLabelled')).toEqual(['desk', 'python', 'debian']);
        expect(await basesOf(register, saying, 'desk')).toEqual(['python', 'debian']);
      }),
      { numRuns: 40 },
    );
  });

  it('follows what is said by the digest of an index', async () => {
    const register = await pushed(silent, ['deskLabelled', 'desk']);
    const index = aDigest('index');
    await register.commit({
      puts: [{ item: { ...indexMemberKey(index, silent.desk.manifest.digest), body: {} }, when: 'absent' }],
    });
    const built = { ...silent.deskLabelled, base: { name: null, digest: index } };
    await remember({ ...built, manifest: { ...built.manifest, digest: aDigest('third') } }, register, seenOn(9));

    expect(await basesOf(register, silent, 'desk')).toEqual(['deskLabelled']);
    expect(
      (await lineageIn(register, { ...built, manifest: { ...built.manifest, digest: aDigest('third') } })).bases,
    ).toMatchObject([{ image: silent.desk.manifest.digest }, { image: silent.deskLabelled.manifest.digest }]);
  });

  it('asks for the images of each chain once, and for no other', async () => {
    const register = await pushed(silent, MEMBERS);
    const asked: string[] = [];
    const counting: RegisterStore = {
      ...register,
      query: async (query) => {
        asked.push(query.pk);
        return await register.query(query);
      },
    };
    await lineageIn(counting, silent.shop);
    const chains = asked.filter((pk) => pk.startsWith('CHAIN#'));

    expect(new Set(chains).size).toBe(3);
    expect(chains).toHaveLength(3);
    expect(chains).toContain(chainPartition(silent.shop.layers[0]?.diffId ?? aDigest('none')));
  });
});

describe('what is said of a base', () => {
  const debian = silent.debian.manifest.digest;
  const named = (name: string) => ({ name, shown: name });

  it('is its names with given ones first, its approval, and the newest build of its names', async () => {
    const register = await pushed(silent, ['debian', 'python']);
    const newer = { ...silent.debian, created: '2026-12-01T00:00:00.000Z' };
    const other = { ...newer, manifest: { ...newer.manifest, digest: aDigest('newer') } };
    await remember(other, register, seenOn(8));
    await rememberName(debian, { name: 'laptop/local/embedded/base/debian:12', shown: 'base/debian:12' }, register);
    await rememberName(debian, named('debian:12'), register);
    const approval = { stages: ['production'], until: '2027-01-01T00:00:00.000Z', by: 'platform team' };
    await register.commit({ puts: [{ item: { ...baseApprovalKey(debian), body: { approval } }, when: 'absent' }] });

    expect((await lineageIn(register, silent.python)).bases).toEqual([
      {
        ...{ image: debian, layers: 1, names: ['debian:12', 'base/debian:12'], created: silent.debian.created },
        ...{ own: false, approval, newest: null },
      },
    ]);
    await rememberName(other.manifest.digest, named('debian:12'), register);
    expect((await lineageIn(register, silent.python)).bases).toMatchObject([
      { newest: { image: aDigest('newer'), name: 'debian:12', created: '2026-12-01T00:00:00.000Z' } },
    ]);
    expect(await lineageIn(register, silent.debian)).toEqual({ bases: [], approval });
  });

  it('is that it is an earlier build, where it stands in the same repository', async () => {
    const register = await pushed(silent, ['desk', 'deskLabelled']);
    const placement = aPlacement({ repository: 'team/desk', digest: silent.desk.manifest.digest });
    await register.commit({ puts: [{ item: { ...digestKey(placement), body: { placement } }, when: 'absent' }] });
    const own = async (repository: string | null) =>
      (await lineageIn(register, silent.deskLabelled, repository)).bases.map((base) => base.own);

    expect(await own('team/desk')).toEqual([true]);
    expect(await own('team/other')).toEqual([false]);
    expect(await own(null)).toEqual([false]);
  });
});

describe('what follows for clones that are there already', () => {
  async function causes(store: ReturnType<typeof memoryStore>): Promise<readonly unknown[]> {
    const found: unknown[] = [];
    for (let work = await store.work.claim(new Date(0)); work !== null; work = await store.work.claim(new Date(0))) {
      found.push(work.body);
    }
    return found;
  }

  it('is that they are judged again when their base becomes known, once', async () => {
    const store = memoryStore();
    await remember(silent.python, store.register, seenOn(0));
    expect(await causes(store)).toEqual([]);
    await remember(silent.debian, store.register, seenOn(1));
    await remember(silent.debian, store.register, seenOn(2));

    expect(await causes(store)).toEqual([{ kind: 'base', at: seenOn(1), image: silent.debian.manifest.digest }]);
  });

  it('is that they are judged again though it died before the last of many rows', async () => {
    const store = memoryStore();
    const names = Array.from({ length: 150 }, (_, at) => ({ name: `package-${String(at)}`, version: '1.0-1' }));
    const base = image([
      await layer([file('etc/os-release', osRelease()), file('var/lib/dpkg/status', dpkgStatus(names))]),
    ]);
    // The child has removed some: so its base has rows of its own to write, in several commits.
    const removing = await layer([file('var/lib/dpkg/status', dpkgStatus(names.slice(10)))]);
    await remember(image([...base.layers, removing]), store.register, seenOn(0));
    const dying: RegisterStore = {
      ...store.register,
      async commit(commit) {
        if ((commit.outbox ?? []).length > 0) throw new Error('killed');
        await store.register.commit(commit);
      },
    };
    await expect(remember(base, dying, seenOn(1))).rejects.toThrow('killed');
    await remember(base, store.register, seenOn(1));

    expect(await causes(store)).toEqual([{ kind: 'base', at: seenOn(1), image: base.manifest.digest }]);
  });

  it('is that they are judged again when one with the same layers comes late that was seen before', async () => {
    const store = memoryStore();
    await remember(silent.deskLabelled, store.register, seenOn(2));
    await remember(silent.desk, store.register, seenOn(1));

    expect(await causes(store)).toEqual([{ kind: 'base', at: seenOn(1), image: silent.desk.manifest.digest }]);
  });

  it('is nothing when another image of the same layers comes, or one that nobody is built on', async () => {
    const store = memoryStore();
    for (const [day, member] of (['desk', 'deskLabelled', 'shop'] as const).entries()) {
      await remember(silent[member], store.register, seenOn(day));
    }

    expect(await causes(store)).toEqual([]);
  });

  it('is that they are judged again when a newer build of the name of their base comes', async () => {
    const store = memoryStore();
    const { register } = store;
    const name = { name: 'debian:12', shown: 'debian:12' };
    const newer = { ...silent.debian, created: '2026-12-01T00:00:00.000Z' };
    const other = { ...newer, manifest: { ...newer.manifest, digest: aDigest('newer') } };
    for (const member of ['debian', 'python'] as const) await remember(silent[member], register, seenOn(0));
    await rememberName(silent.debian.manifest.digest, name, register);
    await remember(other, register, seenOn(3));
    expect(await causes(store)).toEqual([]);
    await rememberName(aDigest('newer'), name, register);

    expect(await causes(store)).toEqual([{ kind: 'base', at: seenOn(3), image: silent.debian.manifest.digest }]);
  });
});
