import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { parseDeps } from '../../../../lib/scanner/catalogers/dotnet/parse.ts';
import type { StatedContent } from '../../../../lib/scanner/catalogers/stated.ts';

const TARGET = '.NETCoreApp,Version=v8.0/linux-x64';

function parse(value: unknown): StatedContent {
  return parseDeps(Buffer.from(JSON.stringify(value)));
}

function namesOf({ packages, problems }: StatedContent): readonly string[] {
  return [...packages.map(({ name, version }) => `${name} ${version}`), ...problems];
}

/** As `dotnet publish --self-contained` writes it, shortened. */
const published = {
  runtimeTarget: { name: TARGET, signature: '' },
  compilationOptions: {},
  targets: {
    '.NETCoreApp,Version=v8.0': {},
    [TARGET]: {
      'App/1.0.0': {
        dependencies: { 'Newtonsoft.Json': '13.0.1', Lib: '1.0.0' },
        runtime: { 'App.dll': {} },
      },
      'runtimepack.Microsoft.NETCore.App.Runtime.linux-x64/8.0.1': {
        runtime: { 'System.Runtime.dll': { assemblyVersion: '8.0.0.0', fileVersion: '8.0.123.58001' } },
        native: { 'libcoreclr.so': { fileVersion: '0.0.0.0' } },
      },
      'Newtonsoft.Json/13.0.1': {
        runtime: {
          'lib/netstandard2.0/Newtonsoft.Json.dll': { assemblyVersion: '13.0.0.0', fileVersion: '13.0.1.25517' },
        },
      },
      'SQLitePCLRaw.lib.e_sqlite3/2.1.6': { runtimeTargets: { 'runtimes/linux-x64/native/libe_sqlite3.so': {} } },
      'System.Native/4.3.0': { native: { 'runtimes/linux-x64/native/System.Native.so': {} } },
      'Humanizer.Core.de/2.14.1': { resources: { 'lib/net6.0/de/Humanizer.resources.dll': { locale: 'de' } } },
      'NETStandard.Library/2.0.3': { dependencies: { 'Microsoft.NETCore.Platforms': '1.1.0' } },
      'Analyzer/1.0.0': { runtime: {}, compile: { 'lib/Analyzer.dll': {} } },
      'Lib/1.0.0': { runtime: { 'Lib.dll': {} } },
      'Old.Reference/1.0.0.0': { runtime: { 'Old.dll': {} } },
    },
  },
  libraries: {
    'App/1.0.0': { type: 'project', serviceable: false, sha512: '' },
    'runtimepack.Microsoft.NETCore.App.Runtime.linux-x64/8.0.1': {
      type: 'runtimepack',
      serviceable: false,
      sha512: '',
    },
    'Newtonsoft.Json/13.0.1': { type: 'package', serviceable: true, sha512: 'x', path: 'newtonsoft.json/13.0.1' },
    'SQLitePCLRaw.lib.e_sqlite3/2.1.6': { type: 'package' },
    'System.Native/4.3.0': { type: 'package' },
    'Humanizer.Core.de/2.14.1': { type: 'package' },
    'NETStandard.Library/2.0.3': { type: 'package' },
    'Analyzer/1.0.0': { type: 'package' },
    'Lib/1.0.0': { type: 'project' },
    'Old.Reference/1.0.0.0': { type: 'reference' },
  },
};

describe('parseDeps', () => {
  it('reads the packages of which files go with the program, and its runtime', () => {
    expect(namesOf(parse(published))).toEqual([
      'Microsoft.NETCore.App.Runtime.linux-x64 8.0.1',
      'Newtonsoft.Json 13.0.1',
      'SQLitePCLRaw.lib.e_sqlite3 2.1.6',
      'System.Native 4.3.0',
      'Humanizer.Core.de 2.14.1',
    ]);
  });

  it.each([
    ['without a target', { libraries: published.libraries }],
    ['whose target is not there', { ...published, runtimeTarget: 'other' }],
    ['whose target is a member of every object', { ...published, runtimeTarget: '__proto__' }],
    ['whose target is hostile', { ...published, runtimeTarget: { name: ['x'] } }],
  ])('takes every package of a file %s', (_what, value) => {
    expect(parse(value).packages).toHaveLength(7);
  });

  it('knows a target that is named by a text', () => {
    expect(parse({ ...published, runtimeTarget: TARGET }).packages).toHaveLength(5);
  });

  it.each<[string, string]>([
    ['A', 'A has no version'],
    ['A/', 'A has no version'],
    ['/1.0', 'a package without a name'],
    ['A B/1.0', 'a name that is none: "A B"'],
    ['A/1 0', 'A has a version that is none: "1 0"'],
    ['A/1/2', ''],
  ])('says what is wrong with the library %j, and reads the rest', (library, problem) => {
    const { packages, problems } = parse({
      libraries: { [library]: { type: 'package' }, 'B/1.0': { type: 'package' } },
    });
    expect(packages.at(-1)).toEqual({ name: 'B', version: '1.0', licences: [] });
    expect(problems.join()).toBe(problem);
  });

  it.each<[string, string]>([
    ['', 'it is no JSON'],
    ['{"libraries":{', 'it is no JSON'],
    ['{}', 'it lists no libraries'],
    ['{"libraries":"x"}', 'it lists no libraries'],
    ['[]', 'it lists no libraries'],
  ])('says what is wrong with %j', (text, problem) => {
    expect(parseDeps(Buffer.from(text))).toEqual({ packages: [], problems: [problem] });
  });

  it('reads whatever it is given', () => {
    const library = fc.record({ type: fc.oneof(fc.constant('package'), fc.jsonValue()) });
    const libraries = fc.dictionary(fc.string(), library);
    const value = fc.record({ runtimeTarget: fc.jsonValue(), targets: fc.jsonValue(), libraries });
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), value), (given) => {
        expect(parse(given).problems.length).toBeLessThan(11);
      }),
    );
  });
});
