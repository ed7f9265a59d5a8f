import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync, gunzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { type ProgramContent, readProgram } from '../../../../lib/scanner/catalogers/programs/parse.ts';
import { anElf, BASE, CONSTANT, goBuildInfo, goProgram, rustProgram, varint, WRITABLE } from '../../../support/elf.ts';

const PROGRAMS = join(import.meta.dirname, '../../../fixtures/scanner/programs');

function read(bytes: Buffer, size = 1000, path = 'app/program'): ProgramContent | null {
  const reader = readProgram(path);
  for (let at = 0; at < bytes.length; at += size) reader.write(bytes.subarray(at, at + size));
  return reader.end();
}

function named({ name, version }: { name: string; version: string }): string {
  return `${name} ${version}`;
}

const real = (name: string): Buffer => gunzipSync(readFileSync(join(PROGRAMS, `${name}.gz`)));

describe('programs of Go', () => {
  // What `go version -m` says of them.
  it.each([
    ['go-1.17', ['stdlib 1.17.0', 'example.com/go117 (devel)']],
    ['go-pie-stripped', ['stdlib 1.26.8', 'example.com/hello (devel)', 'github.com/google/uuid v1.6.0']],
    [
      'go-replaced-386',
      [
        'stdlib 1.22.0',
        'binary_with_module_replacement (devel)',
        'github.com/golang/xerrors v0.0.0-20220907171357-04be3eba64a2',
      ],
    ],
  ])('%s is read, however it is cut', (name, modules) => {
    for (const size of [512, 4096, 100_001, 10_000_000]) {
      const content = read(real(name), size);
      expect(content).toMatchObject({ rust: null, runtime: null, packed: false, go: { problems: [] } });
      expect(content?.go?.modules.map(named)).toEqual(modules);
    }
  });

  it('reads any program that says what it is', () => {
    const word = fc.stringMatching(/^[a-z]{1,20}$/u);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(word, fc.nat(50)), { maxLength: 200 }),
        fc.integer({ min: 512, max: 9000 }),
        (all, size) => {
          const modules = all.map(([name, minor]) => ({ name: `x.test/${name}`, version: `v1.${minor}.0` }));
          const lines = ['path\tx', ...modules.map(({ name, version }) => `dep\t${name}\t${version}\th1:x`), ''].join(
            '\n',
          );
          expect(read(goProgram('go1.22.1', lines), size)?.go).toEqual({
            modules: [{ name: 'stdlib', version: '1.22.1' }, ...modules],
            problems: [],
          });
        },
      ),
    );
  });

  it('passes over a mark that is none: in constants, or out of line', () => {
    const info = goBuildInfo('go1.22.1', '');
    expect(read(anElf({ constant: info }))).toBeNull();
    expect(read(anElf({ writable: Buffer.concat([Buffer.alloc(8), info]) }))).toBeNull();
    const both = Buffer.concat([
      info.subarray(0, 32),
      Buffer.from([0xff, 0xff, 0xff, 0xff, 0xff]),
      Buffer.alloc(11),
      info,
    ]);
    expect(read(anElf({ writable: both }))?.go?.modules.map(named)).toEqual(['stdlib 1.22.1']);
  });

  it.each([
    ['a version of gigabytes', varint(2 ** 33)],
    ['a length that does not end', Buffer.alloc(20, 0xff)],
    ['nothing', Buffer.alloc(0)],
  ])('says that it could not read %s', (_what, bytes) => {
    const info = Buffer.concat([goBuildInfo('', '').subarray(0, 32), bytes]);
    expect(read(anElf({ writable: info }))?.go).toMatchObject({
      modules: [],
      problems: [/no known release/u, /modules/u].map(matching),
    });
  });

  const note = Buffer.concat([Buffer.from([4, 0, 0, 0, 8, 0, 0, 0, 4, 0, 0, 0]), Buffer.from('Go\0\0x/y/z/aa')]);

  it('knows a program without build information by the note of its linker', () => {
    expect(read(anElf({ head: note }))?.go?.problems).toHaveLength(2);
  });

  it('says what it could read of pointers that lead nowhere', () => {
    const info = goBuildInfo('', '').subarray(0, 32);
    info.writeUInt8(0, 15);
    info.writeBigUInt64LE(BigInt(BASE + WRITABLE + 32), 16);
    info.writeBigUInt64LE(2n ** 63n, 24);
    const header = Buffer.alloc(16);
    header.writeBigUInt64LE(BigInt(BASE + CONSTANT + 5), 0);
    header.writeBigUInt64LE(8n, 8);
    const parts = { head: note, writable: Buffer.concat([info, header]), constant: Buffer.from('xxxxxgo1.16.3yyy') };
    const content = read(anElf(parts));
    expect(content?.go).toEqual({
      modules: [{ name: 'stdlib', version: '1.16.3' }],
      problems: ['does not say which modules it is made of'],
    });
  });
});

describe('programs of Rust', () => {
  it('are read as cargo-auditable wrote them', () => {
    expect(read(real('rust-no-deps'))).toEqual({
      go: null,
      rust: { crates: [], problems: [] },
      runtime: null,
      packed: false,
    });
    expect(read(real('rust-uses-serde-json'), 512)?.rust?.crates.map(named)).toEqual([
      'itoa 1.0.14',
      'memchr 2.7.4',
      'proc-macro2 1.0.92',
      'quote 1.0.38',
      'ryu 1.0.18',
      'serde 1.0.217',
      'serde_derive 1.0.217',
      'serde_json 1.0.135',
      'syn 2.0.95',
      'unicode-ident 1.0.14',
    ]);
  });

  it('leave out what only the build needed, and what is of no registry', () => {
    const packages = [
      { name: 'a', version: '1.0.0', source: 'crates.io' },
      { name: 'b', version: '1.0.0', source: 'crates.io', kind: 'build' },
      { name: 'c', version: '1.0.0', source: 'local', root: true },
      { name: 'd', version: '1.0.0', source: 'git' },
    ];
    expect(read(rustProgram({ packages }))?.rust?.crates.map(named)).toEqual(['a 1.0.0']);
  });

  it.each([
    ['is no list', { packages: [{ name: 1 }] }],
    ['is not compressed', '{"packages":[]}'],
  ])('say so where the section %s', (_what, list) => {
    expect(read(rustProgram(list))?.rust?.problems).toEqual(['has a list of crates that could not be read']);
  });

  it('are not taken for such by a list alone, nor by a bomb', () => {
    const packages = [{ name: 'a', version: '1.0.0', source: 'crates.io' }];
    expect(read(rustProgram({ packages }, '.data'))).toBeNull();
    const bomb = deflateSync(Buffer.concat([Buffer.from('{"packages":['), Buffer.alloc(50_000_000, ' ')]));
    const tail = Buffer.concat([bomb, Buffer.from('\0.dep-v0\0')]);
    expect(read(anElf({ tail }))?.rust?.problems).toHaveLength(1);
  });
});

describe('runtimes', () => {
  it.each([
    ['usr/local/bin/node', 'xx node.js/v24.21.0 xx', 'node 24.21.0'],
    ['usr/local/bin/node', 'node.js/v24.0.0-nightly.2', 'node 24.0.0-nightly.2'],
    ['usr/local/lib/libpython3.11.so.1.0', '\0%s\x003.11.x\x003.11.7\0', 'python 3.11.7'],
    ['usr/local/bin/python3.13', '\x003.13.0rc2\0', 'python 3.13.0rc2'],
    ['usr/sbin/nginx', 'nginx version: nginx/1.25.3', 'nginx 1.25.3'],
    ['usr/local/apache2/bin/httpd', 'Apache/2.4.57 (Unix)', 'httpd 2.4.57'],
    ['usr/local/bin/php', 'X-Powered-By: PHP/8.2.12', 'php 8.2.12'],
    ['usr/local/bin/ruby', 'ruby - and ruby 3.2.2 (2023-03-30 revision', 'ruby 3.2.2'],
    ['usr/local/bin/postgres', 'postgres (PostgreSQL) 15.4\n', 'postgresql 15.4'],
    ['bin/busybox', 'BusyBox v1.36.1 (2023-11-07)', 'busybox 1.36.1'],
    ['usr/local/lib/libcrypto.so.3', 'OpenSSL 3.0.11 19 Sep 2023', 'openssl 3.0.11'],
    ['opt/lib/libcrypto.so.1.1', 'OpenSSL 1.1.1w  11 Sep 2023', 'openssl 1.1.1w'],
  ])('%s is told by what it says: %j', (path, says, expected) => {
    const runtime = read(anElf({ constant: Buffer.from(says, 'latin1') }), 512, path)?.runtime;
    expect(runtime && named(runtime)).toBe(expected);
  });

  it.each([
    ['another name', 'usr/bin/server', 'node.js/v24.21.0'],
    ['a name without a version', 'usr/bin/node', 'node.js/vX'],
    ['the version of another release', 'usr/bin/python3.11', '\x003.12.1\0'],
    ['four numbers', 'usr/sbin/nginx', 'nginx/1.2.3.4'],
  ])('are not told by %s', (_what, path, says) => {
    expect(read(anElf({ constant: Buffer.from(says, 'latin1') }), 512, path)).toBeNull();
  });

  it('are told by the file that Java leaves', () => {
    const release = [
      'IMPLEMENTOR="Eclipse Adoptium"',
      'JAVA_VERSION="17.0.9"',
      'OS_ARCH="x86_64"',
      'OS_NAME="Linux"',
      '',
    ];
    const runtime = { name: 'openjdk', version: '17.0.9' };
    const path = 'opt/java/release';
    expect(read(Buffer.from(release.join('\n')), 10, path)).toEqual({ go: null, rust: null, runtime, packed: false });
    expect(read(Buffer.from(release.slice(0, 2).join('\n')), 10, path)).toBeNull();
    expect(read(Buffer.from(`${release.join('\n')}${' '.repeat(65_536)}`), 10_000, path)).toBeNull();
  });
});

describe('a program that is packed', () => {
  it('is told by the mark of UPX', () => {
    expect(read(anElf({ head: Buffer.from('UPX!') }))).toEqual({ go: null, rust: null, runtime: null, packed: true });
  });
});

describe('whatever bytes', () => {
  it('are read without a word where they are no program', () => {
    for (const bytes of ['', 'x', '\x7fEL', '\x7fELF', '#!/bin/sh\n\xff Go buildinf:']) {
      expect(read(Buffer.from(bytes, 'latin1'))).toBeNull();
    }
    expect(read(Buffer.from('/bin/\x7fELF'), 1)).toBeNull();
  });

  const samples = [
    real('go-1.17').subarray(0xb7000, 0xbc000),
    goProgram('go1.22.1', 'dep\ta.test\tv1.0.0\n'),
    real('rust-no-deps'),
  ];
  const change = fc.tuple(fc.nat(30_000), fc.uint8Array({ minLength: 1, maxLength: 9 }));

  it('are answered where they were altered, or cut off', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...samples),
        fc.array(change, { maxLength: 8 }),
        fc.nat(40_000),
        (bytes, changes, length) => {
          const altered = Buffer.from(bytes.subarray(0, length));
          for (const [at, put] of changes)
            altered.set(put.subarray(0, Math.max(altered.length - at, 0)), Math.min(at, altered.length));
          expect(() => read(altered)).not.toThrow();
        },
      ),
    );
  });

  it('are answered where the head is absurd', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 300 }), (bytes) => {
        const file = goProgram('go1.22.1', '');
        file.set(bytes, 5);
        expect(() => read(file)).not.toThrow();
      }),
    );
  });

  it('are not unpacked again and again', () => {
    const tail = Buffer.alloc(2_000_000, Buffer.from([0x78, 0x9c, 0xa5, 0x92]));
    expect(read(anElf({ tail }))).toBeNull();
  });
});

function matching(pattern: RegExp): unknown {
  return expect.stringMatching(pattern);
}
