import { describe, expect, it } from '@jest/globals';

import { hostsOf, PUBLISHED_ADDRESSES, readFeedAddresses } from '../../../lib/core/advisories/feed-addresses.ts';

describe('the addresses of feeds', () => {
  it('are as published where nothing is said', () => {
    expect(readFeedAddresses(null, 'feeds.yaml')).toEqual(PUBLISHED_ADDRESSES);
    expect([...hostsOf(PUBLISHED_ADDRESSES)]).toEqual([
      'osv-vulnerabilities.storage.googleapis.com',
      'www.cisa.gov',
      'epss.empiricalsecurity.com',
      'github.com',
      'objects.githubusercontent.com',
      'release-assets.githubusercontent.com',
    ]);
  });

  it('may each be a mirror', () => {
    const read = readFeedAddresses({ osv: 'http://mirror.example:8080/osv/', redirectHosts: [] }, 'feeds.yaml');

    expect(read.osv).toBe('http://mirror.example:8080/osv');
    expect(hostsOf(read)).toContain('mirror.example:8080');
    expect(read.kev).toBe(PUBLISHED_ADDRESSES.kev);
  });

  it.each([
    [{ osv: 'ftp://mirror.example' }, '"osv"'],
    [{ kve: 'https://mirror.example' }, 'kve'],
    [{ redirectHosts: ['https://a.example'] }, '"redirectHosts.0"'],
    [{ quarantine: { shrink: { share: -1 } } }, '"quarantine.shrink.share"'],
    ['text', 'feeds.yaml'],
  ])('are refused by name: %j', (raw, words) => {
    expect(() => readFeedAddresses(raw, 'feeds.yaml')).toThrow(
      expect.objectContaining({ code: 'bad-input', message: expect.stringContaining(words) }),
    );
  });
});
