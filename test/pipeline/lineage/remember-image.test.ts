import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { dynamoRegister } from '../../../lib/adapters/aws/register/register.ts';
import { type LocalStore, openLocalStore } from '../../../lib/adapters/local/store/local-store.ts';
import { pushedName } from '../../../lib/core/lineage/build-name.ts';
import { chainIds } from '../../../lib/core/lineage/chain-id.ts';
import {
  chainPartition,
  componentPartition,
  ECOSYSTEMS_PARTITION,
  factsKey,
  imageNamesPartition,
  layerPartition,
  namePartition,
  packagePartition,
} from '../../../lib/core/register/index-keys.ts';
import { inventoryOf } from '../../../lib/pipeline/judge-image/inventory-of.ts';
import { rememberImage } from '../../../lib/pipeline/lineage/remember-image.ts';
import { rememberKnown } from '../../../lib/pipeline/lineage/remember-known.ts';
import { rememberName } from '../../../lib/pipeline/lineage/remember-name.ts';
import type { Commit, RegisterStore } from '../../../lib/pipeline/ports/register-store.ts';
import { aPlacement } from '../../support/assessments.ts';
import { startDynalite } from '../../support/dynalite.ts';
import { aFamily, type Member } from '../../support/family.ts';
import { type BuiltImage, openImage } from '../../support/images.ts';
import { memoryEvidence } from '../../support/memory-evidence.ts';

const AT = '2026-11-23T00:00:00.000Z';
const LATER = '2026-11-24T00:00:00.000Z';

let store: LocalStore;
let commits: Commit[];
let register: RegisterStore;
const evidence = memoryEvidence();
const family = await aFamily({ shop: 'zstd', desk: 'plain' });

beforeEach(() => {
  store = openLocalStore(':memory:');
  commits = [];
  register = {
    ...store.register,
    async commit(commit) {
      await store.register.commit(commit);
      commits.push(commit);
    },
  };
});

afterEach(() => {
  store.close();
});

async function remember(built: BuiltImage, at = AT): Promise<void> {
  const scan = await inventoryOf(openImage(built), { register: store.register, evidence });
  if (scan.inventory === null) throw new Error('not scanned');
  await rememberImage(openImage(built), scan.inventory, at, register);
}

function rowsPut(): readonly string[] {
  return commits
    .flatMap(({ puts, history = [] }) => [...puts.map(({ item }) => item), ...history])
    .map(({ pk, sk }) => `${pk} ${sk}`);
}

async function sortKeys(pk: string, from: RegisterStore = store.register): Promise<readonly string[]> {
  return (await from.query({ pk })).items.map(({ sk }) => sk);
}

function digestOf(member: Member): string {
  return family[member].manifest.digest;
}

function diffId(member: Member, at: number) {
  const found = family[member].layers[at];
  if (found === undefined) throw new Error(`${member} has no layer ${String(at)}`);
  return found.diffId;
}

describe('remembering an image', () => {
  it('writes its facts, its place in the family, and what its layers brought', async () => {
    await remember(family.python);
    const [below, whole] = chainIds(family.python.layers.map((layer) => layer.diffId));

    expect((await store.register.get(factsKey(family.python.manifest.digest)))?.body).toEqual({
      ...{ image: digestOf('python'), platform: 'linux/amd64', chain: whole, layers: 2, firstSeen: AT },
      diffIds: family.python.layers.map((layer) => layer.diffId),
      ...{ created: family.python.created, baseName: null, baseDigest: null },
    });
    expect(await sortKeys(chainPartition(below ?? diffId('python', 0)))).toEqual([`0001#${AT}#${digestOf('python')}`]);
    expect(await sortKeys(chainPartition(whole ?? diffId('python', 0)))).toEqual([`0000#${AT}#${digestOf('python')}`]);
    expect(await sortKeys(componentPartition('Debian/perl'))).toEqual([diffId('python', 0)]);
    expect(await sortKeys(componentPartition('Debian/python3'))).toEqual([diffId('python', 1)]);
    expect(await sortKeys(packagePartition('perl'))).toEqual(['Debian/perl']);
    expect(await sortKeys(layerPartition(diffId('python', 1)))).toContain(`IMAGE#${digestOf('python')}`);
    expect(await sortKeys(ECOSYSTEMS_PARTITION)).toEqual(['Debian:12']);
  });

  it('writes of a clone its place and its own layers only, in two commits', async () => {
    await remember(family.python);
    commits = [];
    await remember(family.shop, LATER);

    expect(commits).toHaveLength(2);
    expect(rowsPut().filter((row) => /^(?:COMPONENT|PACKAGE|ECOSYSTEMS)/u.test(row))).toEqual([
      'PACKAGE#nginx Debian/nginx',
      `COMPONENT#Debian/nginx ${diffId('shop', 2)}`,
    ]);
    expect(rowsPut().filter((row) => row.startsWith('CHAIN#'))).toHaveLength(3);
  });

  it('writes no rows of packages at all for a child that brought none', async () => {
    await remember(family.desk);
    commits = [];
    await remember(family.deskLabelled, LATER);

    expect(rowsPut().filter((row) => /^(?:COMPONENT|PACKAGE|ECOSYSTEMS)/u.test(row))).toEqual([]);
    expect(
      await sortKeys(chainPartition(chainIds(family.desk.layers.map((one) => one.diffId)).at(-1) ?? diffId('desk', 2))),
    ).toEqual([`0000#${AT}#${digestOf('desk')}`, `0000#${LATER}#${digestOf('deskLabelled')}`]);
  });

  it('writes nothing again, keeps the first sight, and ends the same when it died half way', async () => {
    const died = {
      ...register,
      commit: async (commit: Commit) => {
        if (commits.length === 1) throw new Error('killed');
        await register.commit(commit);
      },
    };
    const scan = await inventoryOf(openImage(family.shop), { register: store.register, evidence });
    if (scan.inventory === null) throw new Error('not scanned');
    await expect(rememberImage(openImage(family.shop), scan.inventory, AT, died)).rejects.toThrow('killed');
    await remember(family.shop, LATER);
    const written = commits.length;
    await remember(family.shop, LATER);

    expect(commits).toHaveLength(written);
    expect(await sortKeys(chainPartition(diffId('shop', 0)))).toEqual([`0002#${AT}#${digestOf('shop')}`]);
  });

  it('ends the same when two do it at once', async () => {
    await Promise.all([remember(family.shop), remember(family.shop, LATER), remember(family.desk)]);
    const facts = await store.register.get(factsKey(family.shop.manifest.digest));

    expect(await sortKeys(chainPartition(diffId('shop', 0)))).toEqual(
      [`0002#${AT}#${digestOf('desk')}`, `0002#${String(facts?.body['firstSeen'])}#${digestOf('shop')}`].sort(),
    );
  });

  it('writes what DynamoDB answers alike', async () => {
    const table = await startDynalite();
    try {
      await remember(family.debian);
      await remember(family.shop, LATER);
      for (const commit of commits) await table.seed(commit);
      const dynamo = dynamoRegister(table);
      const below = chainPartition(diffId('shop', 0));

      expect(await sortKeys(below, dynamo)).toEqual(await sortKeys(below));
      expect(await sortKeys(componentPartition('Debian/perl'), dynamo)).toEqual([diffId('debian', 0)]);
    } finally {
      await table.close();
    }
  });
});

describe('an image that was scanned before families were known', () => {
  it('is remembered from its inventory, with its tags, once', async () => {
    const { inventory } = await inventoryOf(openImage(family.shop), { register: store.register, evidence });
    if (inventory === null) throw new Error('not scanned');
    const placement = aPlacement({ repository: 'team/shop', digest: family.shop.manifest.digest });
    const known = { placement, platform: family.shop.platform, tags: ['1.0'] };
    await rememberKnown(known, inventory, AT, register);
    const first = commits.length;
    await rememberKnown(known, inventory, LATER, register);

    expect(commits).toHaveLength(first);
    expect(await sortKeys(chainPartition(diffId('shop', 0)))).toEqual([`0002#${AT}#${digestOf('shop')}`]);
    expect(await sortKeys(componentPartition('Debian/nginx'))).toEqual([diffId('shop', 2)]);
    expect(await sortKeys(namePartition('laptop/local/embedded/team/shop:1.0'))).toHaveLength(1);
  });
});

describe('remembering a name', () => {
  const placement = aPlacement({ repository: 'team/python', digest: family.python.manifest.digest });
  const name = pushedName(placement, '3.12');

  it('lists the builds of a name by when they were first seen, and the names of a build', async () => {
    await remember(family.python);
    await rememberName(placement.digest, name, register);
    await rememberName(placement.digest, name, register);

    expect(
      (await store.register.query({ pk: namePartition('laptop/local/embedded/team/python:3.12') })).items,
    ).toMatchObject([
      { sk: `${AT}#${placement.digest}`, version: 1, body: { image: placement.digest, platform: 'linux/amd64' } },
    ]);
    expect(
      (await store.register.query({ pk: imageNamesPartition(placement.digest), beginsWith: 'NAME#' })).items,
    ).toMatchObject([{ body: { name: name.name, shown: 'team/python:3.12' } }]);
  });

  it('says nothing of an image that was never scanned', async () => {
    await rememberName(placement.digest, name, register);

    expect(commits).toEqual([]);
  });
});
