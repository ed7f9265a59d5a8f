/** Made-up OSV records of the shape and size of real ones: Debian's (many a package, four releases) and npm's (a package each). */

export interface MadeUp {
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly modified: string;
  readonly text: string;
}

interface Shape {
  readonly family: string;
  /** @param version - 0, or 1 for a record that changed since */
  readonly recordOf: (at: number, version: number) => MadeUp;
}

export type ShapeName = 'debian' | 'npm';

/** Source packages that have advisories in Debian. */
const SOURCES = 3500;
const RELEASES = ['Debian:11', 'Debian:12', 'Debian:13', 'Debian:14'];

export const SHAPES: Readonly<Record<ShapeName, Shape>> = {
  debian: {
    family: 'Debian',
    recordOf(at, version) {
      const cve = `CVE-${2000 + (at % 26)}-${100_000 + at}`;
      // A few packages have most of them: the kernel, the browsers.
      const name = `source-${Math.floor(SOURCES * ((at * 0.618034) % 1) ** 3)}`;
      const affected = RELEASES.map((ecosystem, release) => ({
        package: { ecosystem, name, purl: `pkg:deb/debian/${name}?arch=source` },
        ranges: [
          {
            type: 'ECOSYSTEM',
            events: [{ introduced: '0' }, { fixed: `1.${at % 97}.${release}-${at % 7}+deb${11 + release}u1` }],
          },
        ],
        versions: Array.from({ length: 8 }, (_, place) => `1.${at % 97}.${place}-1+deb${11 + release}u${place}`),
        ecosystem_specific: { urgency: 'not yet assigned' },
      }));
      return aRecord(`DEBIAN-${cve}`, at, version, { upstream: [cve], affected });
    },
  },
  npm: {
    family: 'npm',
    recordOf(at, version) {
      const name = `package-of-somebody-${at}`;
      const affected = [
        {
          package: { ecosystem: 'npm', name, purl: `pkg:npm/${name}` },
          ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }] }],
          versions: [`1.${at % 31}.0`, `1.${at % 31}.1`],
          database_specific: { cwes: [{ cweId: 'CWE-506', name: 'Embedded Malicious Code', description: TEXT }] },
        },
      ];
      return aRecord(`MAL-${2020 + (at % 6)}-${at}`, at, version, { affected });
    },
  },
};

const TEXT =
  'The package runs what it fetched from somewhere else as soon as it is installed, and sends what it finds away. ';

function aRecord(id: string, at: number, version: number, members: object): MadeUp {
  const day = version === 0 ? Date.UTC(2020, 0, 1) + (at % 2100) * 86_400_000 : Date.UTC(2026, 10, 24);
  const modified = new Date(day + (at % 86_400) * 1000).toISOString();
  const references = Array.from({ length: 3 }, (_, place) => ({
    type: 'WEB',
    url: `https://example.org/${id}/${place}`,
  }));
  const record = {
    schema_version: '1.7.3',
    id,
    modified,
    published: modified,
    details: TEXT.repeat(3),
    ...members,
    references,
  };
  return { id, modified, text: JSON.stringify(record) };
}
