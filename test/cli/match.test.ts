import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { run } from '../support/running-home.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.ts';

let folder: TemporaryFolder;
let data: string;

function anOsv(
  id: string,
  ecosystem: string,
  name: string,
  type: string,
  fixed: string,
  aliases: readonly string[] = [],
) {
  const ranges = [{ type, events: [{ introduced: '0' }, { fixed }] }];
  return { id, modified: '2026-01-01T00:00:00Z', aliases, affected: [{ package: { ecosystem, name }, ranges }] };
}

const RECORDS = [
  anOsv('GHSA-1', 'npm', '@babel/core', 'SEMVER', '7.0.0', ['CVE-2026-0001']),
  anOsv('GHSA-2', 'npm', '@babel/core', 'SEMVER', '6.0.0'),
  anOsv('PYSEC-1', 'PyPI', 'django', 'ECOSYSTEM', '3.1'),
  anOsv('ALPINE-1', 'Alpine:v3.20', 'busybox', 'ECOSYSTEM', '1.36.1-r7'),
];

beforeAll(async () => {
  folder = await temporaryFolder();
  data = join(folder.path, 'home');
  const file = join(folder.path, 'records.json');
  await writeFile(file, JSON.stringify(RECORDS));
  const complete = ['npm', 'PyPI'].flatMap((ecosystem) => ['--complete', ecosystem]);
  expect(await run(['feeds', 'import', '--data', data, file, ...complete])).toMatchObject({ code: 0 });
});

afterAll(async () => {
  await folder.remove();
});

async function match(purls: readonly string[], ...options: readonly string[]) {
  const stdin = Readable.from([purls.map((purl) => `${purl}\n`).join('')]);
  return await run(['match', '--purls', '-', '--data', data, ...options], { stdin });
}

describe('match --purls', () => {
  it('answers each package in a line of JSON, in their order', async () => {
    const purls = ['pkg:npm/%40babel/core@7.0.0-rc.1', 'pkg:npm/left-pad@1.0.0', 'pkg:npm/left-pad'];
    const { code, stdout } = await match(purls, '--json');

    expect(code).toBe(0);
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual([
      {
        purl: purls[0],
        findings: [
          {
            vulnerability: 'CVE-2026-0001',
            aliases: ['GHSA-1'],
            records: ['GHSA-1'],
            fixedIn: '7.0.0',
            matched: [
              {
                record: 'GHSA-1',
                ecosystem: 'npm',
                by: 'range',
                version: '7.0.0-rc.1',
                introduced: '0',
                fixed: '7.0.0',
              },
            ],
          },
        ],
        gaps: [],
      },
      { purl: purls[1], findings: [], gaps: [] },
      { purl: purls[2], error: 'it names no version' },
    ]);
  });

  it('says it in words, and what nobody knows too', async () => {
    const { stdout } = await match([
      'pkg:pypi/Django@3.1rc1',
      '',
      'pkg:pypi/django@3.1',
      'pkg:pypi/django@3.1/2',
      'pkg:apk/alpine/busybox@1.36.1-r6?distro=alpine-3.20',
      'left-pad',
    ]);
    expect(stdout.split('\n')).toEqual([
      'pkg:pypi/Django@3.1rc1',
      '  PYSEC-1, fixed in 3.1 (PYSEC-1)',
      'pkg:pypi/django@3.1: no finding',
      'pkg:pypi/django@3.1/2',
      '  not known: "3.1/2" of django can not be put in order (it has a character that no version has), and PYSEC-1 hangs on it',
      'pkg:apk/alpine/busybox@1.36.1-r6?distro=alpine-3.20',
      '  ALPINE-1, fixed in 1.36.1-r7 (ALPINE-1)',
      '  not known: no advisories that are held answer for busybox of Alpine:v3.20',
      expect.stringMatching(/^left-pad: can't be matched: it is no package URL/u),
      '',
    ]);
  });

  it('reads a file, whatever is in it', async () => {
    const file = join(folder.path, 'purls.txt');
    await writeFile(file, `${'x'.repeat(5000)}\r\npkg:npm/left-pad@1.0.0\r\n`);
    const { code, stdout } = await run(['match', '--purls', file, '--data', data, '--json']);
    expect(code).toBe(0);
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual([
      { purl: '(a line of more than 4096 characters)', error: expect.stringContaining('no package URL') },
      { purl: 'pkg:npm/left-pad@1.0.0', findings: [], gaps: [] },
    ]);
  });

  describe('--sbom', () => {
    const npm = 'pkg:npm/%40babel/core@6.9.0';
    const libs = [
      { type: 'library', name: 'core', purl: npm },
      { type: 'library', name: 'busybox-binsh', purl: 'pkg:apk/alpine/busybox-binsh@1.36.1-r6?distro=alpine-3.20' },
    ];
    const properties = [{ name: 'aquasecurity:trivy:SrcName', value: 'busybox' }];
    const cycloneDx = {
      bomFormat: 'CycloneDX',
      specVersion: '1.6',
      components: [
        { type: 'application', name: 'package-lock.json', components: [libs[0]] },
        { ...libs[1], properties },
        libs[0],
      ],
    };
    const externalRefs = [{ referenceType: 'purl', referenceLocator: npm }];
    const spdx = { spdxVersion: 'SPDX-2.3', packages: [{ name: 'core', versionInfo: '6.9.0', externalRefs }] };

    async function matchSbom(document: unknown, ...options: readonly string[]) {
      const stdin = Readable.from([typeof document === 'string' ? document : JSON.stringify(document)]);
      return await run(['match', '--sbom', '-', '--data', data, ...options], { stdin });
    }

    it('answers each package once, by its source package, and names what has no package URL', async () => {
      const { code, stdout } = await matchSbom(cycloneDx);
      expect(code).toBe(0);
      expect(stdout.split('\n')).toEqual([
        "package-lock.json: can't be matched: it has no package URL",
        npm,
        '  CVE-2026-0001, fixed in 7.0.0 (GHSA-1)',
        'pkg:apk/alpine/busybox-binsh@1.36.1-r6?distro=alpine-3.20',
        '  ALPINE-1, fixed in 1.36.1-r7 (ALPINE-1)',
        '  not known: no advisories that are held answer for busybox of Alpine:v3.20',
        '',
      ]);
    });

    it('answers in JSON as for package URLs', async () => {
      const [none, ...rest] = (await matchSbom(cycloneDx, '--json')).stdout.trimEnd().split('\n');
      const { stdout } = await match([npm], '--json');

      expect(JSON.parse(none ?? '')).toEqual({
        purl: null,
        component: 'package-lock.json',
        error: 'it has no package URL',
      });
      expect(rest[0]).toBe(stdout.trimEnd());
      expect((await matchSbom(spdx, '--json')).stdout).toBe(stdout);
    });

    it.each([
      ['half a document', JSON.stringify(cycloneDx).slice(0, -9), 'standard input is no JSON'],
      ['bytes that are no text', '\u0000\u0001', 'standard input is no JSON'],
      ['another document', { payloadType: 'application/vnd.in-toto+json' }, 'is no bill of materials that is known'],
      ['a list', [], 'is no bill of materials that is known'],
      ['one with a component that is none', { ...cycloneDx, components: [libs[0], 7] }, 'components.1'],
    ])('refuses %s whole', async (_, document, words) => {
      const { code, stdout, stderr } = await matchSbom(document);
      expect({ code, stdout }).toEqual({ code: 70, stdout: '' });
      expect(stderr).toContain(words);
    });
  });

  it('can be ended', async () => {
    const ending = new AbortController();
    ending.abort();
    const given = { stdin: new PassThrough(), signal: ending.signal };
    expect(await run(['match', '--purls', '-', '--data', data], given)).toMatchObject({
      code: 70,
      stderr: 'error: it was ended before the last line\n',
    });
  });

  it.each([
    [['match'], 70, 'Say --purls FILE or --sbom FILE'],
    [
      ['match', '--purls', '-', '--sbom', '-'],
      64,
      "option '--purls <file>' cannot be used with option '--sbom <file>'",
    ],
    [['match', '--sbom', '/nowhere'], 70, 'there is no file /nowhere'],
    [['match', '--purls', '/nowhere'], 70, 'there is no file /nowhere'],
    [['match', '--purls', '-', '--home', 'aws:home'], 64, 'on a laptop'],
  ])('refuses %j', async (argv, code, words) => {
    const ran = await run([...argv, '--data', data]);
    expect(ran.code).toBe(code);
    expect(ran.stderr).toContain(words);
  });
});
