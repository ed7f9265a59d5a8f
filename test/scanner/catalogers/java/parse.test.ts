import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import {
  ARCHIVE_BOUNDS,
  type ArchiveBounds,
  type ArchiveContent,
  isArchive,
  readArchive,
} from '../../../../lib/scanner/catalogers/java/parse.ts';
import { aZip, type ZipEntry } from '../../../support/zip.ts';

const JAVA = join(import.meta.dirname, '../../../fixtures/scanner/java');

function pom(artifact: string, version = '1.0', group = 'org.x'): ZipEntry {
  return {
    name: `META-INF/maven/${group}/${artifact}/pom.properties`,
    bytes: `groupId=${group}\nartifactId=${artifact}\nversion=${version}\n`,
  };
}

const CLASS: ZipEntry = { name: 'A.class', bytes: 'x' };

function found({ packages }: ArchiveContent): string[] {
  return packages.map(({ name, version, inside }) => `${name} ${version} ${inside}`.trim());
}

function read(name: string, entries: readonly ZipEntry[], bounds: Partial<ArchiveBounds> = {}): ArchiveContent {
  return readArchive(name, aZip(entries), { ...ARCHIVE_BOUNDS, ...bounds });
}

const real = (name: string): ArchiveContent => readArchive(name, readFileSync(join(JAVA, name)));

describe('isArchive', () => {
  it.each(['app.jar', 'a/b.WAR', 'x.ear', 'x.hpi', 'x.jpi', 'x.nar'])('%s', (path) =>
    expect(isArchive(path)).toBe(true),
  );
  it.each(['jar', 'x.jar.txt', 'x.zip'])('not %s', (path) => expect(isArchive(path)).toBe(false));
});

describe('archives of others', () => {
  it('are read to the depth where they say what they are', () => {
    expect(found(real('complex.jar')).sort()).toEqual([
      'com.some.anotherpackage:another-package-name 3.2.1 !/BOOT-INF/lib/inner.jar',
      'com.some.package:package-name 1.2.3',
    ]);
    expect(found(real('nested_at_10.jar'))).toEqual([
      `com.some.package:package-name 1.2.3 ${'!/nested.jar'.repeat(9)}`,
    ]);
  });

  it('are named where they could not be read', () => {
    expect(real('nested_at_100.jar')).toMatchObject({
      packages: [],
      exceeds: 'holds archives in archives, deeper than 16',
    });
    expect(real('invalid_jar.jar').unread).toEqual([{ inside: '', why: 'is no archive that can be read' }]);
    expect(real('pom_missing_group_id.jar').unread).toEqual([
      { inside: '!/pom.properties', why: 'does not say what it is of' },
    ]);
  });
});

describe('readArchive', () => {
  it('gives each library of an application its place', () => {
    const content = read('app.jar', [
      CLASS,
      pom('app', '0.1'),
      { name: 'META-INF/MANIFEST.MF', bytes: 'Manifest-Version: 1.0\nBundle-License: Apache-2.0\n' },
      { name: 'BOOT-INF/lib/a-1.0.jar', bytes: aZip([CLASS, pom('a')]), stored: true },
      { name: 'BOOT-INF/lib/spring-core-5.3.18.jar', bytes: aZip([CLASS]) },
    ]);
    expect(found(content)).toEqual([
      'org.x:a 1.0 !/BOOT-INF/lib/a-1.0.jar',
      'org.springframework:spring-core 5.3.18 !/BOOT-INF/lib/spring-core-5.3.18.jar',
      'org.x:app 0.1',
    ]);
    expect(content.packages.map(({ licence }) => licence)).toEqual([null, null, 'Apache-2.0']);
    expect(content).toMatchObject({ unread: [], exceeds: null });
  });

  it('finds all that was put into a shaded archive, and says that it does not know the archive itself', () => {
    expect(read('b-2.0.jar', [CLASS, pom('a'), pom('b', '2.0'), pom('c')])).toMatchObject({ unread: [] });
    const content = read('all.jar', [CLASS, pom('a'), pom('c')]);
    expect(found(content)).toEqual(['org.x:a 1.0', 'org.x:c 1.0']);
    expect(content.unread).toEqual([{ inside: '', why: 'does not say what it is' }]);
  });

  it('takes the only coordinates there are for those of the archive, whatever its name', () => {
    expect(read('app.jar', [CLASS, pom('service')])).toMatchObject({
      packages: [{ name: 'org.x:service' }],
      unread: [],
    });
  });

  it('names an archive that holds classes and says nothing; one without has nothing to say', () => {
    expect(read('app.jar', [CLASS]).unread).toEqual([{ inside: '', why: 'does not say what it is' }]);
    expect(read('app.jar', [{ name: 'x.txt', bytes: 'x' }])).toEqual({ packages: [], unread: [], exceeds: null });
    expect(readArchive('app.jar', Buffer.from('x')).unread).toHaveLength(1);
  });

  it('names what is wrong ten times at most', () => {
    const entries = Array.from({ length: 50 }, (_, nth) => ({ name: `${nth}.jar`, bytes: 'x' }));
    expect(read('app.jar', entries).unread).toHaveLength(10);
  });
});

describe('an archive that passes a bound', () => {
  const inner = { name: 'a.jar', bytes: aZip([CLASS, pom('a')]) };
  const large = { name: 'b.jar', bytes: Buffer.alloc(2_000_000) };
  it.each<[string, Partial<ArchiveBounds>, ZipEntry]>([
    ['holds more than 1 archives', { archives: 1 }, inner],
    ['holds more than 2 entries', { entries: 2 }, inner],
    ['holds archives in archives, deeper than 0', { depth: 0 }, inner],
    ['unpacks to more than is read', { heldBytes: 1_000_000 }, large],
    ['unpacks to more than is read', { unpackedBytes: 1_000_000 }, large],
    ['unpacks to more than is read', { heldBytes: 1_000_000 }, { ...large, size: 10 }],
    ['unpacks to more than 2 times its size', { ratio: 2, ratioFrom: 1000 }, large],
  ])('%s (%j)', (exceeds, bounds, entry) => {
    const content = read('app.jar', [pom('app'), entry], bounds);
    expect(content.exceeds).toBe(exceeds);
  });

  it('is read in time where it is made of such that hold such', () => {
    let bytes = aZip([{ name: 'zeros', bytes: Buffer.alloc(1000) }]);
    for (let depth = 0; depth < 6; depth += 1) {
      const layer = bytes;
      bytes = aZip(Array.from({ length: 10 }, (_, nth) => ({ name: `${nth}.jar`, bytes: layer })));
    }
    const { exceeds, packages } = readArchive('app.jar', bytes);
    expect(exceeds).toBe('holds more than 5000 archives');
    expect(packages).toEqual([]);
  });

  it('keeps a manifest of megabytes out', () => {
    const manifest = { name: 'META-INF/MANIFEST.MF', bytes: Buffer.alloc(5_000_000, 'a: b\n') };
    expect(read('app.jar', [manifest]).unread).toEqual([
      { inside: '!/META-INF/MANIFEST.MF', why: 'unpacks to more than 4194304 bytes' },
    ]);
  });
});

describe('whatever bytes', () => {
  it('are answered', () => {
    const sample = aZip([CLASS, pom('a'), { name: 'b.jar', bytes: aZip([pom('b')]), stored: true }]);
    const change = fc.tuple(fc.nat(sample.length - 8), fc.uint8Array({ minLength: 1, maxLength: 8 }));
    fc.assert(
      fc.property(
        fc.array(change, { minLength: 1 }),
        fc.integer({ min: 100, max: sample.length }),
        (changes, length) => {
          const altered = Buffer.from(sample);
          for (const [at, put] of changes) altered.set(put, at);
          expect(() => readArchive('a.jar', altered.subarray(0, length))).not.toThrow();
        },
      ),
      { numRuns: 500 },
    );
  });
});
