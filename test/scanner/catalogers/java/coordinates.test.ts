import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { readByName, readManifest, readProperties } from '../../../../lib/scanner/catalogers/java/coordinates.ts';

const JAVA = join(import.meta.dirname, '../../../fixtures/scanner/java');

describe('readProperties', () => {
  const read = { group: 'org.x', artifact: 'a', version: '1.0' };
  it.each([
    ['groupId=org.x\nartifactId=a\nversion=1.0\n', read],
    ['#Created by Apache Maven\r\nversion = 1.0\r\n\r\ngroupId : org.x\r\n artifactId:a', read],
    ['groupId=org.x\nartifactId=a\n', null],
    ['groupId=${project.groupId}\nartifactId=a\nversion=1.0', null],
    ['groupId=org.x\nartifactId=a\nversion=1 0', null],
    ['', null],
  ])('%j', (text, coordinates) => {
    expect(readProperties(text)).toEqual(coordinates);
  });

  it('answers whatever the text, and in time', () => {
    fc.assert(fc.property(fc.string(), (text) => expect(() => readProperties(text)).not.toThrow()));
    expect(readProperties(' '.repeat(3_000_000))).toBeNull();
    expect(readProperties('a'.repeat(3_000_000))).toBeNull();
  });
});

describe('readManifest', () => {
  it('reads the main attributes, lines that go on among them', () => {
    const text =
      'Manifest-Version: 1.0\r\nBundle-Name: a lo\r\n ng name\r\nNo attribute\r\n\r\nName: other\r\nBundle-Name: x\r\n';
    expect([...readManifest(text)]).toEqual([
      ['manifest-version', '1.0'],
      ['bundle-name', 'a long name'],
    ]);
  });
});

describe('readByName', () => {
  const manifest = (name: string): ReturnType<typeof readManifest> =>
    readManifest(readFileSync(join(JAVA, `${name}.MF`), 'utf8'));
  const none = readManifest('');

  it.each([
    ['spring-web-5.3.26.jar', 'known-group-id', 'org.springframework:spring-web 5.3.26'],
    ['web.jar', 'known-group-id', 'org.springframework:spring-web 5.3.26'],
    ['elasticsearch-8.14.3.jar', 'manifest-implementation-title', 'org.elasticsearch:elasticsearch 8.14.3'],
    // Groups that are guesses.
    ['ivy-2.4.0.jar', 'combine-manifest-filename', null],
    ['failureaccess-1.0.1.jar', 'manifest-symbolicname', null],
    ['axis-1.4.jar', 'axis', null],
    ['x-1.jar', 'invalid-ids', null],
  ])('%s with the manifest of %s', (name, of, expected) => {
    const read = readByName(name, manifest(of));
    expect(read && `${read.group}:${read.artifact} ${read.version}`).toBe(expected);
  });

  it.each([
    [
      'hibernate-core-5.6.1.Final.jar',
      'Implementation-Vendor-Id: org.hibernate',
      'org.hibernate:hibernate-core 5.6.1.Final',
    ],
    ['velocity-1.5.jar', 'Implementation-Vendor-Id: org.apache', null],
    ['jaxb-impl-2.3.1.jar', 'Implementation-Vendor-Id: com.sun.xml.bind', 'com.sun.xml.bind:jaxb-impl 2.3.1'],
    ['jaxb.jar', 'Implementation-Vendor-Id: com.sun.xml.bind\nImplementation-Version: 2.3.1', null],
    [
      'catalina.jar',
      'Implementation-Title: Apache Tomcat\nImplementation-Version: 9.0.50',
      'org.apache.tomcat:tomcat-catalina 9.0.50',
    ],
    ['catalina.jar', 'Implementation-Title: Other\nImplementation-Version: 1.0', null],
    ['okhttp-4.12.0.jar', '', 'com.squareup.okhttp3:okhttp 4.12.0'],
    ['kafka_2.13-3.6.1.jar', '', 'org.apache.kafka:kafka_2.13 3.6.1'],
    ['postgresql.jar', '', null],
    ['app.jar', '', null],
  ])('%s with %j', (name, text, expected) => {
    const read = readByName(name, text === '' ? none : readManifest(text));
    expect(read && `${read.group}:${read.artifact} ${read.version}`).toBe(expected);
  });
});
