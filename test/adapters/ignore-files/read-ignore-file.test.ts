import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';

import { readIgnoreFile } from '../../../lib/adapters/ignore-files/read-ignore-file.ts';

const read = (text: string) => readIgnoreFile(new TextEncoder().encode(text), 'a file');
const readFixture = async (name: string) =>
  readIgnoreFile(await readFile(new URL(`../../fixtures/ignore-files/${name}`, import.meta.url)), name);

describe('a .trivyignore', () => {
  it('is a wish a line, with its end and what is remarked on it', () => {
    const { format, entries, skipped } = read(`
# Accept the risk until the next release
CVE-2022-1234 exp:2027-01-31

GHSA-abcd-ef12-3456
DLA-3482-1 # tracked as OPS-12
AVD-DS-0002
generic-unwanted-rule
`);

    expect(format).toBe('trivyignore');
    expect(entries).toEqual([
      {
        where: 'line 3',
        vulnerabilities: ['CVE-2022-1234'],
        packages: [],
        reason: 'Accept the risk until the next release',
        expiry: '2027-01-31',
      },
      { where: 'line 5', vulnerabilities: ['GHSA-abcd-ef12-3456'], packages: [], reason: null, expiry: null },
      { where: 'line 6', vulnerabilities: ['DLA-3482-1'], packages: [], reason: 'tracked as OPS-12', expiry: null },
    ]);
    expect(skipped.map(({ where }) => where)).toEqual(['line 7', 'line 8']);
  });

  it.each([
    ['an end that is none', 'CVE-2022-1234 exp:tomorrow', 'line 1: "exp:tomorrow" is not exp:YYYY-MM-DD'],
    ['something that names nothing', 'CVE-2022-1234\nWhat is this', 'line 2: "What" is no identifier'],
  ])('is refused whole for %s', (_, text, message) => {
    expect(() => read(text)).toThrow(message);
  });
});

describe('a .trivyignore.yaml', () => {
  it('is a wish a vulnerability, in the packages that it names; what is about some paths only is left out', () => {
    const { entries, skipped } = read(`
vulnerabilities:
  - id: CVE-2023-1
    purls: ['pkg:deb/debian/libssl3@3.0.11?arch=amd64', 'pkg:npm/%40scope/name']
    expired_at: 2027-02-28
    statement: not reachable
  - id: CVE-2023-2
    paths: [usr/lib/x]
misconfigurations: [{ id: AVD-DS-0001 }]
`);

    expect(entries).toEqual([
      {
        where: 'vulnerabilities[0]',
        vulnerabilities: ['CVE-2023-1'],
        packages: ['libssl3', '@scope/name'],
        reason: 'not reachable',
        expiry: '2027-02-28',
      },
    ]);
    expect(skipped.map(({ where }) => where)).toEqual(['vulnerabilities[1]', 'misconfigurations[0]']);
  });
});

describe("Grype's ignore rules", () => {
  it('are wishes where an exception can say as much, and never wider than they were', () => {
    const { entries, skipped } = read(`
ignore:
  - vulnerability: CVE-2008-4318
    reason: a false positive
    package: { name: libcurl }
  - package: { name: kernel-headers }
  - vulnerability: CVE-2020-1
    fix-state: unknown
  - package: { type: gem }
`);

    expect(entries.map(({ vulnerabilities, packages, reason }) => ({ vulnerabilities, packages, reason }))).toEqual([
      { vulnerabilities: ['CVE-2008-4318'], packages: ['libcurl'], reason: 'a false positive' },
      { vulnerabilities: [], packages: ['kernel-headers'], reason: null },
    ]);
    expect(skipped).toEqual([
      { where: 'ignore[2]', why: "it depends on fix-state, which an exception can't say" },
      { where: 'ignore[3]', why: "it depends on package.type, which an exception can't say" },
    ]);
  });
});

it("reads Trivy's own OpenVEX: what is not affected, and in which packages", async () => {
  const { format, entries, skipped } = await readFixture('trivy-oci.openvex.json');

  expect({ format, skipped }).toEqual({ format: 'openvex', skipped: [] });
  expect(entries[0]).toEqual({
    where: 'statements[0]',
    vulnerabilities: ['CVE-2023-42363'],
    packages: ['busybox', 'busybox-binsh', 'ssl_client'],
    reason: 'vulnerable code cannot be controlled by adversary: awk is not used',
    expiry: null,
  });
});

it('leaves out what OpenVEX says of what is affected', () => {
  const { entries, skipped } = read(`{
    "@context": "https://openvex.dev/ns/v0.2.0",
    "statements": [{ "vulnerability": "CVE-1", "products": ["pkg:deb/debian/perl"], "status": "affected" }]
  }`);

  expect(entries).toEqual([]);
  expect(skipped).toEqual([{ where: 'statements[0]', why: 'its status is affected: it asks for nothing' }]);
});

it("reads Red Hat's CSAF VEX: what is not affected, by the components of its products", async () => {
  const { format, entries } = await readFixture('cve-2021-0084.csaf.json');

  expect(format).toBe('csaf');
  expect(entries).toMatchObject([
    {
      where: 'vulnerabilities[0]',
      vulnerabilities: ['CVE-2021-0084'],
      packages: ['kernel', 'kernel-alt', 'kernel-rt'],
      reason: 'vulnerable code not present',
    },
  ]);
});

it.each([
  ['a YAML bomb', 'a: &a [x, x]\nb: &b [*a, *a]\nignore: [*b, *b]'],
  ['another mapping', 'kind: Deployment'],
  ['OpenVEX without statements', '{ "@context": "https://openvex.dev/ns/v0.2.0" }'],
  ['CSAF of another version', '{ "document": { "csaf_version": "1.2" } }'],
  ['a package URL that is none', 'vulnerabilities: [{ id: CVE-1, purls: ["libssl"] }]'],
])('refuses %s', (_, text) => {
  expect(() => read(text)).toThrow(expect.objectContaining({ code: 'bad-input' }));
});

it('refuses bytes that are no text', () => {
  expect(() => readIgnoreFile(Uint8Array.of(0xff, 0xfe, 0x00), 'a file')).toThrow('a file is no text in UTF-8');
});
