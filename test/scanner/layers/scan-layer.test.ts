import { createHash } from 'node:crypto';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';

import type { ImageLayer } from '../../../lib/core/image/open-image.ts';
import { scanLayer } from '../../../lib/scanner/layers/scan-layer.ts';
import { DEFAULT_LIMITS, type Limits } from '../../../lib/scanner/limits.ts';
import { dpkgStatus, osRelease } from '../../support/debian.ts';
import {
  type BuiltLayer,
  file,
  hardLink,
  layer,
  layerOf,
  type Packing,
  sha256,
  symlink,
  tarOf,
} from '../../support/layers.ts';
import { streamOf } from './support.ts';

type Scanned = Awaited<ReturnType<typeof scanLayer>>;

interface Options {
  /** What the source gives, where it is not what it should. */
  readonly bytes?: Uint8Array;
  readonly claims?: Partial<ImageLayer>;
  readonly limits?: Partial<Limits>;
  readonly signal?: AbortSignal;
}

const GZIP = 'application/vnd.oci.image.layer.v1.tar+gzip';
const STATUS = dpkgStatus([{ name: 'perl-base', version: '5.36.0-7', source: 'perl' }]);

async function scan(built: BuiltLayer, { bytes, claims, limits, signal }: Options = {}): Promise<Scanned> {
  const { digest, diffId } = built;
  const stored = { digest, size: built.bytes.length, mediaType: GZIP, diffId, createdBy: null, ...claims };
  return scanLayer(
    stored,
    async () => streamOf(bytes ?? built.bytes),
    { ...DEFAULT_LIMITS, ...limits },
    signal ?? new AbortController().signal,
  );
}

const debian = [file('etc/os-release', osRelease()), file('var/lib/dpkg/status', STATUS)];

describe('scanLayer', () => {
  it.each<Packing>(['plain', 'gzip', 'zstd'])(
    'reads a layer that is stored as %s, whatever its media type says',
    async (packing) => {
      const { read, files } = await scan(await layer(debian, packing));
      expect(read.map(({ path, cataloger }) => [path, cataloger])).toEqual([
        ['etc/os-release', 'os-release'],
        ['var/lib/dpkg/status', 'dpkg'],
      ]);
      expect(files).toBe(2);
    },
  );

  it('reads gzip members one after the other', async () => {
    const tar = await tarOf(debian);
    const bytes = Buffer.concat([gzipSync(tar.subarray(0, 700)), gzipSync(tar.subarray(700))]);
    const { read } = await scan({ ...layerOf(tar), bytes, digest: sha256(bytes) });
    expect(read).toHaveLength(2);
  });

  it('holds digests of sha512 too', async () => {
    const built = await layer(debian);
    const sha512 = (bytes: Buffer): `sha512:${string}` => `sha512:${createHash('sha512').update(bytes).digest('hex')}`;
    const claims = { digest: sha512(built.bytes), diffId: sha512(built.tar) };
    expect((await scan(built, { claims })).read).toHaveLength(2);
  });

  it('reads an empty layer', async () => {
    expect(await scan(layerOf(Buffer.alloc(1024)))).toMatchObject({ files: 0, read: [], markers: [] });
    expect(await scan(layerOf(Buffer.alloc(0), 'plain'))).toMatchObject({ files: 0 });
  });

  describe('refuses', () => {
    const other = sha256(Buffer.from('other'));

    it.each<[string, (built: BuiltLayer) => Options, string, RegExp]>([
      [
        'a truncated layer',
        ({ bytes }) => ({ bytes: bytes.subarray(0, -10) }),
        'integrity-failed',
        /as stored is truncated: \d+ of \d+ bytes/u,
      ],
      ['a layer cut to nothing', () => ({ bytes: Buffer.alloc(0) }), 'integrity-failed', /truncated: 0 of/u],
      [
        'a layer that goes on',
        ({ bytes }) => ({ bytes: Buffer.concat([bytes, bytes]) }),
        'integrity-failed',
        /longer than the \d+ bytes/u,
      ],
      ['a wrong digest', () => ({ claims: { digest: other } }), 'integrity-failed', /does not have its digest/u],
      ['a wrong size', ({ bytes }) => ({ claims: { size: bytes.length + 1 } }), 'integrity-failed', /truncated/u],
      [
        'a wrong diff ID',
        () => ({ claims: { diffId: other } }),
        'integrity-failed',
        /the layer unpacked does not have its digest/u,
      ],
      [
        'a byte that was altered',
        ({ bytes }) => ({ bytes: altered(bytes, 30) }),
        'integrity-failed',
        /does not have its digest/u,
      ],
      [
        'a foreign layer',
        () => ({ claims: { mediaType: 'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip' } }),
        'unsupported',
        /kept elsewhere/u,
      ],
      [
        'a media type that is not known',
        () => ({ claims: { mediaType: 'application/x' } }),
        'unsupported',
        /application\/x/u,
      ],
      [
        'more stored bytes than are read',
        () => ({ limits: { storedBytes: 50 } }),
        'limit-exceeded',
        /more than 50 bytes as stored/u,
      ],
      [
        'more unpacked bytes than are read',
        () => ({ limits: { unpackedBytes: 600 } }),
        'limit-exceeded',
        /more than 600 bytes/u,
      ],
      [
        'a bomb',
        () => ({ limits: { ratio: 2, ratioFrom: 100 } }),
        'limit-exceeded',
        /more than 2 times its size: a bomb/u,
      ],
      ['more entries than are read', () => ({ limits: { entries: 1 } }), 'limit-exceeded', /more than 1 entries/u],
      [
        'a database that is too large',
        () => ({ limits: { fileBytes: 20 } }),
        'limit-exceeded',
        /etc\/os-release has more than 20 bytes/u,
      ],
      ['more than is kept', () => ({ limits: { kept: 100 } }), 'limit-exceeded', /more than 100 characters/u],
    ])('%s', async (_what, options, code, message) => {
      const built = await layer(debian);
      const refused = scan(built, options(built));
      await expect(refused).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
      await expect(refused).rejects.toThrow(/^layer [0-9a-f]{12}: /u);
    });

    it.each([
      [
        'a gzip that ends too early',
        Buffer.from(gzipSync(Buffer.alloc(9000, 'x'))).subarray(0, -4),
        'integrity-failed',
        /compressed layer is truncated/u,
      ],
      [
        'a zstd that ends too early',
        Buffer.from(zstdCompressSync(Buffer.alloc(9000, 'x'))).subarray(0, -4),
        'integrity-failed',
        /truncated/u,
      ],
      ['a gzip that is broken', altered(gzipSync(Buffer.alloc(9000, 'xyz')), 12), 'bad-input', /can not be unpacked/u],
      ['bzip2', Buffer.from('BZh91AY&SY'), 'unsupported', /bzip2/u],
      ['xz', Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00, 1]), 'unsupported', /xz/u],
      ['what is no tar', Buffer.from('no tar at all'.repeat(100)), 'bad-input', /no tar that can be read/u],
    ])('%s, though it has its digest', async (_what, bytes, code, message) => {
      const built = { ...layerOf(bytes, 'plain') };
      await expect(scan(built)).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
    });

    it.each([
      ['an entry that leads out', file('../../etc/cron.d/x', 'x'), 'bad-input'],
      ['a hard link that leads out', hardLink('a', '../../etc/passwd'), 'bad-input'],
      ['something else in place of the root', symlink('./', 'elsewhere'), 'bad-input'],
    ])('%s', async (_what, entry, code) => {
      await expect(scan(await layer([entry]))).rejects.toMatchObject({ code });
    });
  });

  it('ends with the reason of its signal', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(scan(await layer(debian), { signal })).rejects.toThrow('enough');
  });

  it('ends with the reason of its signal while it waits for bytes', async () => {
    const { digest, diffId, bytes } = await layer(debian);
    const controller = new AbortController();
    async function* silent(): AsyncGenerator<Uint8Array> {
      yield bytes.subarray(0, 10);
      setImmediate(() => controller.abort(new Error('enough')));
      await Promise.withResolvers().promise;
    }
    const stored = { digest, size: bytes.length, mediaType: GZIP, diffId, createdBy: null };
    const scanning = scanLayer(stored, async () => silent(), DEFAULT_LIMITS, controller.signal);
    await expect(scanning).rejects.toThrow('enough');
  });

  it('passes on what the source throws', async () => {
    const { digest, diffId } = await layer(debian);
    const stored = { digest, size: 1, mediaType: GZIP, diffId, createdBy: null };
    const away = (): Promise<never> => Promise.reject(new Error('the registry is away'));
    await expect(scanLayer(stored, away, DEFAULT_LIMITS, new AbortController().signal)).rejects.toThrow(
      'the registry is away',
    );
  });
});

describe('what a layer holds', () => {
  it.each([
    ['a file in place of a folder', [file('conda-meta/x.json'), file('conda-meta')], []],
    [
      'a folder in place of a file',
      [file('conda-meta/a.json'), { path: 'conda-meta/a.json', type: 'directory' as const }],
      [],
    ],
    ['a file twice', [file('conda-meta/a.json'), file('conda-meta/a.json', 'new')], ['conda-meta/a.json']],
    [
      'a hard link to a marker',
      [file('conda-meta/a.json'), hardLink('conda-meta/b.json', 'conda-meta/a.json')],
      ['conda-meta/a.json', 'conda-meta/b.json'],
    ],
    ['a hard link to what is none', [file('a'), hardLink('b', 'a')], []],
  ])('counts the last entry of a path: %s', async (_what, entries, expected) => {
    const { markers } = await scan(await layer(entries));
    expect(markers.map(({ path }) => path)).toEqual(expected);
  });

  it('reads a database through a hard link to a file of the same layer', async () => {
    const entries = [
      file('var/lib/dpkg/status-old', STATUS),
      hardLink('var/lib/dpkg/status', 'var/lib/dpkg/status-old'),
    ];
    const { read, blocked } = await scan(await layer(entries));
    expect(read).toMatchObject([{ path: 'var/lib/dpkg/status', content: { packages: [{ name: 'perl-base' }] } }]);
    expect(blocked).toEqual([]);
  });

  it.each([
    ['a hard link to nothing', hardLink('var/lib/dpkg/status', 'nowhere'), /hard link to nowhere/u],
    ['a device', { path: 'var/lib/dpkg/status', type: 'character-device' as const }, /is no file/u],
    ['a sparse file', { ...file('var/lib/dpkg/status', 'map'), pax: { 'GNU.sparse.major': '1' } }, /sparse/u],
  ])('says why a database was not read: %s', async (_what, entry, why) => {
    const { read, blocked } = await scan(await layer([entry]));
    expect(read).toEqual([]);
    expect(blocked).toEqual([{ path: 'var/lib/dpkg/status', cataloger: 'dpkg', why: expect.stringMatching(why) }]);
  });

  it('keeps links at and above what catalogers want, and no others', async () => {
    const paths = ['lib', 'etc/os-release', 'var/lib/dpkg', 'var/lib/other', 'opt/a/b'];
    const { links } = await scan(await layer(paths.map((path) => symlink(path, 'x'))));
    expect(links.map(({ path }) => path)).toEqual(['etc/os-release', 'lib', 'var/lib/dpkg']);
  });
});

function altered(bytes: Uint8Array, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy.writeUInt8(copy.readUInt8(at) ^ 0xff, at);
  return copy;
}
