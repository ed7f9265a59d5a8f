import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { anImage, aRegistry, pushTestImage, putManifest, type TestRegistry } from './support.ts';

const IMAGE = anImage(['base']);
const TAGS = ['1.0', '1.0.1', '10', '2', 'Zebra', '_x', 'latest'];

let registry: TestRegistry;
beforeEach(async () => {
  registry = await aRegistry();
});
afterEach(async () => {
  await registry.close();
  expect(registry.faults).toEqual([]);
});

async function tag(repository: string, tags: readonly string[]): Promise<void> {
  await pushTestImage(registry, repository, IMAGE.digest, IMAGE);
  for (const name of tags) await putManifest(registry, repository, name, IMAGE);
}

/** Follows the links from page to page. */
async function pages(path: string): Promise<unknown[]> {
  const found: unknown[] = [];
  for (let next: string | undefined = path; next !== undefined;) {
    const { status, text, headers }: Awaited<ReturnType<TestRegistry['send']>> = await registry.send('GET', next);
    expect(status).toBe(200);
    found.push(JSON.parse(text));
    next = /^<(.+)>; rel="next"$/u.exec(String(headers['link'] ?? ''))?.[1];
  }
  return found;
}

describe('the tags of a repository', () => {
  it('are listed in the order of their bytes', async () => {
    await tag('team/app', [...TAGS].reverse());
    await tag('team/apple', ['other']);
    expect(await pages('/v2/team/app/tags/list')).toEqual([{ name: 'team/app', tags: TAGS }]);
  });

  it.each([1, 2, 3, 6, 7, 8])('are all found in pages of %i', async (n) => {
    await tag('team/app', TAGS);
    const found = await pages(`/v2/team/app/tags/list?n=${n}`);
    expect(found).toHaveLength(Math.ceil(TAGS.length / n));
    expect(found.flatMap((page) => (page as { tags: string[] }).tags)).toEqual(TAGS);
  });

  it.each([
    ['n=0', []],
    ['last=10', ['2', 'Zebra', '_x', 'latest']],
    ['last=1.0.0', ['1.0.1', '10', '2', 'Zebra', '_x', 'latest']],
    ['n=1&last=Zebra', ['_x']],
    ['last=latest', []],
    ['last=~~', []],
    ['last=%C3%A4', []],
  ])('for %s are %j', async (query, tags) => {
    await tag('team/app', TAGS);
    const { status, text } = await registry.send('GET', `/v2/team/app/tags/list?${query}`);
    expect({ status, body: JSON.parse(text) }).toEqual({ status: 200, body: { name: 'team/app', tags } });
  });

  it.each(['n=-1', 'n=x', 'n=', 'n=1e3'])('are not counted by %s', async (query) => {
    await tag('team/app', TAGS);
    expect(await registry.send('GET', `/v2/team/app/tags/list?${query}`)).toMatchObject({
      status: 400,
      code: 'PAGINATION_NUMBER_INVALID',
    });
  });

  it('are none where only digests were pushed', async () => {
    await tag('team/app', []);
    expect(await pages('/v2/team/app/tags/list')).toEqual([{ name: 'team/app', tags: [] }]);
  });

  it('are not known where nothing was pushed', async () => {
    expect(await registry.send('GET', '/v2/team/app/tags/list')).toMatchObject({ status: 404, code: 'NAME_UNKNOWN' });
  });
});

describe('the catalogue', () => {
  it('lists repositories in pages', async () => {
    expect(await pages('/v2/_catalog')).toEqual([{ repositories: [] }]);
    for (const name of ['b', 'a/b', 'a']) await tag(name, ['1']);
    expect(await pages('/v2/_catalog')).toEqual([{ repositories: ['a', 'a/b', 'b'] }]);
    expect(await pages('/v2/_catalog?n=2')).toEqual([{ repositories: ['a', 'a/b'] }, { repositories: ['b'] }]);
  });
});
