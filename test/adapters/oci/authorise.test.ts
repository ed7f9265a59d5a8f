import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';

import { parseChallenges } from '../../../lib/adapters/oci/challenge.ts';
import { ociRegistry } from '../../../lib/adapters/oci/registry-source.ts';
import { anImage } from '../local/registry/support.ts';
import { aServer, type FakeRegistry, layersOf, type Reaction, serving } from './support.ts';

const IMAGE = anImage(['base', 'app']);
const BASIC = `Basic ${Buffer.from('user:pass:word').toString('base64')}`;
const credentials = (): { username: string; password: string } => ({ username: 'user', password: 'pass:word' });

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function fake(react: Reaction): Promise<FakeRegistry> {
  const server = await aServer(react);
  closing.push(server.close);
  return server;
}

/** A registry that wants this header, and says so with that challenge. */
function guarded(wanted: () => string, challenge: () => string): Promise<FakeRegistry> {
  const right = serving([IMAGE]);
  return fake((request, response) => {
    if (request.headers.authorization === wanted()) right(request, response);
    else response.writeHead(401, { 'www-authenticate': challenge() }).end('{"errors":[{"code":"UNAUTHORIZED"}]}');
  });
}

const tokens = (answer: object): Promise<FakeRegistry> =>
  fake((_request, response) => response.writeHead(200).end(JSON.stringify(answer)));

describe('a registry that wants a token', () => {
  it.each(['token', 'access_token'])('is read with the one from where it says (%s)', async (member) => {
    const issuer = await tokens({ [member]: 'abc', expires_in: 300 });
    const registry = await guarded(
      () => 'Bearer abc',
      () => `Bearer realm="http://${issuer.address}/token?x=1",service="registry.example",scope="ignored"`,
    );
    const open = await ociRegistry().open(`${registry.address}/team/app:1.0`);
    expect(await layersOf(open)).toEqual([['base', 'app']]);

    expect(issuer.asked).toEqual([
      {
        method: 'GET',
        path: '/token?x=1&service=registry.example&scope=repository%3Ateam%2Fapp%3Apull',
        authorization: undefined,
      },
    ]);
    const unsigned = registry.asked.filter(({ authorization }) => authorization === undefined);
    expect(unsigned).toHaveLength(1);
  });

  it('is asked with credentials where there are some', async () => {
    const issuer = await tokens({ token: 'abc' });
    const registry = await guarded(
      () => 'Bearer abc',
      () => `Bearer realm="http://${issuer.address}/token"`,
    );
    await ociRegistry({ credentials }).open(`${registry.address}/team/app:1.0`);
    expect(issuer.asked.map(({ authorization }) => authorization)).toEqual([BASIC]);
    expect(registry.asked.map(({ authorization }) => authorization)).not.toContain(BASIC);
  });

  it('is given a new one when the old has lapsed', async () => {
    let current = 'abc';
    const issuer = await fake((_request, response) => response.end(JSON.stringify({ token: current })));
    const registry = await guarded(
      () => `Bearer ${current}`,
      () => `Bearer realm="http://${issuer.address}/token"`,
    );
    const source = ociRegistry();
    await source.open(`${registry.address}/team/app:1.0`);
    current = 'def';
    await source.open(`${registry.address}/team/app:1.0`);
    expect(issuer.asked).toHaveLength(2);
  });

  it('that still refuses ends it, with what to do', async () => {
    const issuer = await tokens({ token: 'wrong' });
    const registry = await guarded(
      () => 'Bearer abc',
      () => `Bearer realm="http://${issuer.address}/token"`,
    );
    await expect(ociRegistry().open(`${registry.address}/team/app:1.0`)).rejects.toMatchObject({
      code: 'unavailable',
      message: `${registry.address} does not let us read team/app: it answered 401`,
      next: expect.stringContaining('docker login'),
    });
    expect(issuer.asked).toHaveLength(1);
  });

  it.each([
    ['refuses', 401, '{}', /gave no token \(401\)/u],
    ['answers something else', 200, '<html>', /no token .* that can be read/u],
    ['answers none', 200, '{"expires_in":3}', /no token .* that can be read/u],
    ['answers without end', 200, ' '.repeat(300_000), /more than 262144 bytes/u],
  ])('from where one %s is not read', async (_, status, body, says) => {
    const issuer = await fake((_request, response) => response.writeHead(status).end(body));
    const registry = await guarded(
      () => 'Bearer abc',
      () => `Bearer realm="http://${issuer.address}/token"`,
    );
    await expect(ociRegistry().open(`${registry.address}/team/app:1.0`)).rejects.toThrow(says);
  });

  it.each(['http://evil.example/token', 'ftp://127.0.0.1/', '/token', ''])('is not followed to "%s"', async (realm) => {
    const registry = await guarded(
      () => 'Bearer abc',
      () => `Bearer realm="${realm}"`,
    );
    await expect(ociRegistry({ credentials }).open(`${registry.address}/team/app:1.0`)).rejects.toThrow(
      /no safe address/u,
    );
  });
});

describe('a registry that wants a password', () => {
  it('is given it when it asks, and not before', async () => {
    const registry = await guarded(
      () => BASIC,
      () => 'Basic realm="registry"',
    );
    await ociRegistry({ credentials }).open(`${registry.address}/team/app:1.0`);
    expect(registry.asked.map(({ authorization }) => authorization)).toEqual([undefined, BASIC, BASIC]);
  });

  it('is not read without one', async () => {
    const registry = await guarded(
      () => BASIC,
      () => 'Basic realm="registry"',
    );
    await expect(ociRegistry().open(`${registry.address}/team/app:1.0`)).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('is given what docker login has written', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'cavendish-docker-'));
    closing.push(() => rm(folder, { recursive: true }));
    const registry = await guarded(
      () => BASIC,
      () => 'Basic',
    );
    const dockerConfig = join(folder, 'config.json');
    await writeFile(dockerConfig, JSON.stringify({ auths: { [registry.address]: { auth: BASIC.slice(6) } } }));
    const { images } = await ociRegistry({ dockerConfig }).open(`${registry.address}/team/app:1.0`);
    expect(images).toHaveLength(1);
  });
});

describe('a redirect', () => {
  /** A registry that keeps its blobs elsewhere. */
  async function away(location: (path: string) => string, status = 307): Promise<FakeRegistry> {
    const right = serving([IMAGE]);
    return fake((request, response) => {
      if (request.headers.authorization !== BASIC) response.writeHead(401, { 'www-authenticate': 'Basic' }).end();
      else if (request.url?.includes('/blobs/') === true) {
        response.writeHead(status, { location: location(request.url) }).end();
      } else right(request, response);
    });
  }

  it.each([301, 302, 303, 307, 308])('of a blob (%i) is followed, and takes no credentials along', async (status) => {
    const storage = await fake(serving([IMAGE]));
    const registry = await away((path) => `http://${storage.address}${path}`, status);
    const open = await ociRegistry({ credentials }).open(`${registry.address}/team/app:1.0`);
    expect(await layersOf(open)).toEqual([['base', 'app']]);
    expect(storage.asked).toHaveLength(3);
    expect(storage.asked.every(({ authorization }) => authorization === undefined)).toBe(true);
  });

  it('on the same host keeps them', async () => {
    const right = serving([IMAGE]);
    const registry = await fake((request, response) => {
      if (request.headers.authorization !== BASIC) response.writeHead(401, { 'www-authenticate': 'Basic' }).end();
      else if (request.url?.startsWith('/v2/team/app/blobs/') === true) {
        response.writeHead(307, { location: `${request.url}?`.replace('/v2/', '/moved/v2/') }).end();
      } else {
        request.url = request.url?.replace('/moved', '').replace('?', '') ?? '';
        right(request, response);
      }
    });
    const { images } = await ociRegistry({ credentials }).open(`${registry.address}/team/app:1.0`);
    expect(images).toHaveLength(1);
  });

  it.each(['http://storage.example/x', 'file:///etc/passwd', 'http://[', '//storage.example/x'])(
    'to %s is not followed',
    async (location) => {
      const registry = await away(() => location);
      await expect(ociRegistry({ credentials }).open(`${registry.address}/team/app:1.0`)).rejects.toThrow(
        /not safe to follow/u,
      );
    },
  );

  it('without end is not followed for ever', async () => {
    const registry = await away((path) => path);
    await expect(ociRegistry({ credentials }).open(`${registry.address}/team/app:1.0`)).rejects.toThrow(/without end/u);
    expect(registry.asked.length).toBeLessThan(12);
  });
});

describe('parseChallenges', () => {
  it.each([
    ['', []],
    ['Basic', [{ scheme: 'basic', params: {} }]],
    [
      'Bearer realm="https://a.example/t?a=1,2",service="s",scope="repository:a:pull,push"',
      [
        {
          scheme: 'bearer',
          params: { realm: 'https://a.example/t?a=1,2', service: 's', scope: 'repository:a:pull,push' },
        },
      ],
    ],
    [
      'Basic realm="a \\"b\\"" , bearer Realm=x',
      [
        { scheme: 'basic', params: { realm: 'a "b"' } },
        { scheme: 'bearer', params: { realm: 'x' } },
      ],
    ],
    ['realm="nobody\'s"', []],
    ['Bearer realm="never ends', [{ scheme: 'bearer', params: {} }]],
  ])('reads %s', (header, challenges) => {
    const read = parseChallenges(header);
    expect(header.includes('never ends') ? read.slice(0, 1) : read).toEqual(challenges);
  });
});
