import { describe, expect, it } from '@jest/globals';

import { follow } from '../../../../lib/adapters/feeds/download/follow.ts';
import type { Http } from '../../../../lib/adapters/feeds/download/http-get.ts';

/** Answers each address by what is said of it: where it sends to; all others are there. */
function aWeb(redirects: Readonly<Record<string, string>>): Http {
  return {
    get: async (url) => {
      const location = redirects[url.href];
      const headers = location === undefined ? {} : { location };
      const body = async function* () {
        await Promise.resolve();
        yield new Uint8Array();
      };
      return Promise.resolve({
        url,
        status: location === undefined ? 200 : 302,
        headers,
        body,
        close: () => undefined,
      });
    },
    close: () => undefined,
  };
}

const HOSTS = new Set(['a.example', 'b.example', 'c.example:8443']);
const from = async (start: string, redirects: Readonly<Record<string, string>>): Promise<string> =>
  (await follow(new URL(start), {}, { http: aWeb(redirects), hosts: HOSTS })).url.href;

describe('a redirect', () => {
  it.each([
    ['https://a.example/1', 'https://b.example/2'],
    ['https://a.example/1', 'https://c.example:8443/2'],
    ['https://a.example/1', '/2'],
    ['http://a.example/1', 'https://b.example/2'],
    ['http://a.example/1', 'http://b.example/2'],
  ])('leads from %s to %s', async (start, to) => {
    expect(await from(start, { [start]: to })).toBe(new URL(to, start).href);
  });

  it.each([
    ['https://a.example/1', 'http://b.example/2'],
    ['https://a.example/1', 'https://elsewhere.example/2'],
    ['https://a.example/1', 'https://c.example/2'],
    ['https://a.example/1', 'https://a.example@elsewhere.example/2'],
    ['https://a.example/1', '//elsewhere.example/2'],
    ['https://a.example/1', 'file:///etc/passwd'],
    ['https://a.example/1', 'data:application/json,{}'],
  ])('never leads from %s to %s', async (start, to) => {
    await expect(from(start, { [start]: to })).rejects.toMatchObject({ code: 'bad-input' });
  });

  it('is looked at again at each hop', async () => {
    const hops = { 'https://a.example/1': 'https://b.example/2', 'https://b.example/2': 'https://elsewhere.example/3' };

    await expect(from('https://a.example/1', hops)).rejects.toMatchObject({
      message: 'b.example sends to https://elsewhere.example, where nothing is fetched from',
    });
  });
});
