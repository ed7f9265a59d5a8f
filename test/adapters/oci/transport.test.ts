import { afterEach, describe, expect, it } from '@jest/globals';

import { readBody } from '../../../lib/adapters/oci/body.ts';
import { endpointOf } from '../../../lib/adapters/oci/endpoint.ts';
import { unreachable } from '../../../lib/adapters/oci/failures.ts';
import { httpTransport } from '../../../lib/adapters/oci/transport.ts';
import { aServer, type FakeRegistry, type Reaction } from './support.ts';

const closing: FakeRegistry[] = [];
afterEach(async () => {
  for (const server of closing.splice(0)) await server.close();
});

async function fake(react: Reaction): Promise<FakeRegistry & { readonly url: URL }> {
  const server = await aServer(react);
  closing.push(server);
  return { ...server, url: new URL(`http://${server.address}/v2/`) };
}

const get = httpTransport({ userAgent: 'test', answerMs: 200, pauseMs: 1 });

describe('a request', () => {
  it.each([429, 500, 502, 503, 504])('that is answered %i is made again', async (status) => {
    let left = 2;
    const { url, asked } = await fake((_request, response) => {
      left -= 1;
      response.writeHead(left >= 0 ? status : 200).end('done');
    });
    const answer = await get(url);
    expect(String(await readBody(answer, 100, 'the answer'))).toBe('done');
    expect(asked).toHaveLength(3);
  });

  it('that goes on failing is answered so after four tries', async () => {
    const { url, asked } = await fake((_request, response) => response.writeHead(503).end());
    expect((await get(url)).response.status).toBe(503);
    expect(asked).toHaveLength(4);
  });

  it.each([400, 401, 404, 501])('that is answered %i is not made again', async (status) => {
    const { url, asked } = await fake((_request, response) => response.writeHead(status).end());
    expect((await get(url)).response.status).toBe(status);
    expect(asked).toHaveLength(1);
  });

  it('waits as long as it is told to', async () => {
    let first = true;
    const { url } = await fake((_request, response) => {
      response.writeHead(first ? 429 : 200, { 'retry-after': '1' }).end();
      first = false;
    });
    const before = performance.now();
    await get(url);
    expect(performance.now() - before).toBeGreaterThan(950);
  });

  it('that is cut off is made again', async () => {
    let first = true;
    const { url } = await fake((request, response) => {
      if (first) request.socket.destroy();
      else response.end();
      first = false;
    });
    expect((await get(url)).response.status).toBe(200);
  });

  it('that gets no answer in time says so', async () => {
    const { url, address, asked } = await fake(() => undefined);
    await expect(get(url)).rejects.toMatchObject({
      code: 'unavailable',
      message: `${address} can not be reached: no answer within 0.2 s`,
    });
    expect(asked).toHaveLength(4);
  });

  it('ends when it is told to, and is not made again', async () => {
    const ended = new AbortController();
    const { url, asked } = await fake(() => {
      ended.abort(new Error('enough'));
    });
    await expect(httpTransport({})(url, { signal: ended.signal })).rejects.toThrow('enough');
    expect(asked).toHaveLength(1);
  });

  it('that streams a body is made once, and nowhere else', async () => {
    for (const [status, headers] of [
      [503, {}],
      [307, { location: '/elsewhere' }],
    ] as const) {
      const { url, asked } = await fake((request, response) => {
        request.resume().on('end', () => response.writeHead(status, headers).end());
      });
      const attempt = get(url, { method: 'PATCH', body: ReadableStream.from([Buffer.from('layer')]) });
      if (status === 503) expect((await attempt).response.status).toBe(503);
      else await expect(attempt).rejects.toMatchObject({ code: 'unavailable' });
      expect(asked).toHaveLength(1);
    }
  });

  it('asks for bytes as they are stored, and says who asks', async () => {
    const { url } = await fake((request, response) => {
      const { 'user-agent': agent, 'accept-encoding': encoding } = request.headers;
      response.end(JSON.stringify({ agent, encoding }));
    });
    const body = await readBody(await get(url), 1000, 'the answer');
    expect(JSON.parse(String(body))).toEqual({ agent: 'test', encoding: 'identity' });
  });
});

describe('endpointOf', () => {
  it.each([
    ['docker.io', 'https://registry-1.docker.io/'],
    ['registry.example', 'https://registry.example/'],
    ['registry.example:5000', 'https://registry.example:5000/'],
    ['localhost', 'http://localhost/'],
    ['localhost:5480', 'http://localhost:5480/'],
    ['127.0.0.1:5480', 'http://127.0.0.1:5480/'],
    ['127.9.9.9:5480', 'http://127.9.9.9:5480/'],
    ['[::1]:5480', 'http://[::1]:5480/'],
    ['127.0.0.1.example', 'https://127.0.0.1.example/'],
    ['localhost.example', 'https://localhost.example/'],
    ['10.0.0.1:5000', 'https://10.0.0.1:5000/'],
  ])('of %s is %s', (registry, url) => {
    expect(endpointOf(registry).href).toBe(url);
  });
});

describe('unreachable', () => {
  const url = new URL('https://registry.example/v2/');
  const coded = (code: string): Error => Object.assign(new Error(code), { code });

  it.each([
    ['ECONNREFUSED', 'nothing listens there', false],
    ['ENOTFOUND', 'there is no such host', false],
    ['ECONNRESET', 'the connection was cut', true],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'its certificate is signed by nobody known', false],
  ])('says what %s means, however deep it lies', (code, what, passing) => {
    for (const error of [
      new TypeError('fetch failed', { cause: coded(code) }),
      new TypeError('fetch failed', { cause: new AggregateError([new Error('another'), coded(code)]) }),
    ]) {
      const failure = unreachable(error, url);
      expect(failure.error.message).toBe(`registry.example can not be reached: ${what}`);
      expect(failure.passing).toBe(passing);
    }
  });

  it.each([
    [new TypeError('fetch failed', { cause: new Error('bad port') }), 'bad port'],
    [new Error(''), 'for no known reason'],
    ['text', 'for no known reason'],
  ])('passes on what it does not know', (error, what) => {
    expect(unreachable(error, url).error.message).toBe(`registry.example can not be reached: ${what}`);
  });
});
