/** Images that mean harm, one a kind of harm: what they are, and the layers that they are made of. */
import { gzipSync, zstdCompressSync } from 'node:zlib';

import { dpkgStatus, osRelease } from '../../test/support/debian.ts';
import {
  type BuiltLayer,
  type Entry,
  file,
  hardLink,
  layer,
  layerOf,
  sha256,
  summed,
  symlink,
} from '../../test/support/layers.ts';
import { rpmDatabase, rpmHeader } from '../../test/support/rpm.ts';
import { aZip } from '../../test/support/zip.ts';

export type Input = readonly [what: string, make: () => BuiltLayer | Promise<BuiltLayer>];

const MIB = 1024 * 1024;
const STATUS = 'var/lib/dpkg/status';
const RELEASE = file('etc/os-release', osRelease());
const PERL = dpkgStatus([{ name: 'perl-base', version: '5.36.0-7+deb12u3', source: 'perl' }]);

const of = (make: () => Entry | readonly Entry[]) => () => layer([RELEASE, make()].flat());

/** The same bytes again and again, each time as a member of gzip or a frame of zstd: never made whole, nor hashed. */
function bomb(plain: Buffer, times: number, packing: 'gzip' | 'zstd'): BuiltLayer {
  const packed = packing === 'gzip' ? gzipSync(plain, { level: 9 }) : zstdCompressSync(plain);
  const bytes = Buffer.concat(Array.from({ length: times }, () => packed));
  return {
    bytes,
    digest: sha256(bytes),
    packing,
    tar: Buffer.alloc(0),
    diffId: sha256(Buffer.from('nobody gets there')),
  };
}

/** Headers without content. */
async function entries(count: number, name: string): Promise<Buffer> {
  const { tar } = await layer([file(name)], 'plain');
  return Buffer.concat(Array.from({ length: count }, () => tar.subarray(0, 512)));
}

function jarsInJars(depth: number): Buffer {
  let jar = aZip([{ name: 'A.class', bytes: 'x' }]);
  for (let nth = 0; nth < depth; nth += 1) jar = aZip([{ name: 'inner.jar', bytes: jar }]);
  return jar;
}

const DATABASE = rpmDatabase('rpmdb.sqlite', [
  rpmHeader({ name: 'bash', version: '5.1.8', release: '6.el9', description: 'x'.repeat(20_000) }),
]);
const HEADER = Buffer.from(DATABASE);
// The index of a header says how much there is of it: here 2³¹ entries.
for (let at = HEADER.indexOf('bash') - 2000; at > 0 && at < HEADER.indexOf('bash'); at += 997)
  HEADER.writeInt32BE(0x7fffffff, at);

export const INPUTS: readonly Input[] = [
  ['gzip bomb: 16 GiB of zeros', () => bomb(Buffer.alloc(16 * MIB), 1024, 'gzip')],
  ['zstd bomb: 64 GiB of zeros', () => bomb(Buffer.alloc(64 * MIB), 1024, 'zstd')],
  ['1,100,000 entries', async () => layerOf(await entries(1_100_000, 'a'), 'plain')],
  ['200,000 folders deep in each other', of(() => file(`${'a/'.repeat(200_000)}x`))],
  [
    'a sparse file of 1 TiB',
    of(() => ({
      ...file(STATUS, PERL),
      pax: { 'GNU.sparse.major': '1', 'GNU.sparse.realsize': String(2 ** 40), 'GNU.sparse.name': STATUS },
    })),
  ],
  ['a PAX header of 100 MiB', of(() => ({ ...file('a'), pax: { comment: 'x'.repeat(100 * MIB) } }))],
  ['a name that leads out', of(() => file('../../etc/passwd', 'x'))],
  ['a hard link that leads out', of(() => hardLink('a', '../../etc/passwd'))],
  ['links in a circle', of(() => [symlink(STATUS, 'status-b'), symlink('var/lib/dpkg/status-b', 'status')])],
  ['a database behind a link out of the image', of(() => symlink(STATUS, '../../../../../../etc/passwd'))],
  ['a device in place of the database', of(() => ({ path: STATUS, type: 'character-device' }))],
  [
    'names that are not UTF-8',
    async () => layerOf(replaced(await of(() => file('AAAA', 'x'))(), 'AAAA', Buffer.from([0xff, 0xfe, 0xc0, 0x80]))),
  ],
  [
    '100,000 entries of one path',
    async () => layerOf(Buffer.concat([...Array.from({ length: 100_000 }, await same()), Buffer.alloc(1024)])),
  ],
  ['a stream that ends early', async () => truncated(await of(() => file(STATUS, PERL))())],
  [
    'a layer that is not its digest',
    async () => ({ ...(await of(() => file(STATUS, PERL))()), diffId: sha256(Buffer.from('another')) }),
  ],
  ['jars in jars, 40 deep', of(() => file('app/a.jar', jarsInJars(40)))],
  [
    'a jar of 200 MB of zeros in a jar',
    of(() => file('app/a.jar', aZip([{ name: 'b.jar', bytes: Buffer.alloc(200 * MIB) }]))),
  ],
  ['dpkg’s database cut in the middle', of(() => file(STATUS, PERL.slice(0, PERL.length / 2)))],
  [
    'rpm’s database cut in the middle',
    of(() => file('var/lib/rpm/rpmdb.sqlite', DATABASE.subarray(0, DATABASE.length / 2))),
  ],
  ['a header of rpm with absurd counts', of(() => file('var/lib/rpm/rpmdb.sqlite', HEADER))],
  ['JSON 1,000,000 deep', of(() => file('app/node_modules/a/package.json', '[{"a":'.repeat(500_000)))],
  ['a version of 10 MB', of(() => file(STATUS, dpkgStatus([{ name: 'a', version: `1.${'0'.repeat(10_000_000)}` }])))],
  [
    'a trap for regular expressions, 20 MB',
    of(() => file(STATUS, `Package: a\nVersion:${' '.repeat(20_000_000)}\t!\nStatus: install ok installed\n\n`)),
  ],
  [
    'JSON of 60 MiB',
    of(() => file('app/node_modules/a/package.json', `{"name":"a","version":"1","x":"${'x'.repeat(60 * MIB)}"}`)),
  ],
  [
    '30,000 packages of npm',
    of(() =>
      Array.from({ length: 30_000 }, (_, nth) =>
        file(
          `app/node_modules/p${String(nth)}/package.json`,
          `{"name":"p${String(nth)}","version":"1.0.${String(nth)}"}`,
        ),
      ),
    ),
  ],
];

/** The header of an entry again and again. */
async function same(): Promise<() => Buffer> {
  const { tar } = await layer([file(STATUS, '')], 'plain');
  return () => tar.subarray(0, 512);
}

/** A name in a tar is another. */
function replaced({ tar }: BuiltLayer, name: string, bytes: Buffer): Buffer {
  const copy = Buffer.from(tar);
  bytes.copy(copy, copy.indexOf(name));
  return summed(copy);
}

function truncated(built: BuiltLayer): BuiltLayer {
  const bytes = built.bytes.subarray(0, built.bytes.length / 2);
  return { ...built, bytes, digest: sha256(bytes) };
}
