/**
 * Advisories of Trivy's database as OSV records, by the conventions of each ecosystem. It reads
 * advisories and nothing else: what is expected of a case is not known here.
 */
import { order } from '../../lib/core/versions/order.ts';
import type { Order } from '../../lib/core/versions/version.ts';

export interface TrivyAdvisory {
  /** The bucket of the database: `alpine 3.10`, `pip::GitHub Security Advisory Pip`. */
  readonly of: string;
  readonly package: string;
  readonly id: string;
  readonly advisory: {
    readonly FixedVersion?: string;
    readonly PatchedVersions?: readonly string[];
    readonly VulnerableVersions?: readonly string[];
    readonly Entries?: readonly RedHatEntry[];
  } | null;
}

interface RedHatEntry {
  readonly Affected?: readonly number[];
  readonly Cves?: readonly { readonly ID?: string }[];
  readonly FixedVersion?: string;
}

interface Event {
  readonly introduced?: string;
  readonly fixed?: string;
  readonly last_affected?: string;
}

interface Affected {
  readonly package: { readonly ecosystem: string; readonly name: string };
  readonly ranges: readonly { readonly type: 'ECOSYSTEM'; readonly events: readonly Event[] }[];
}

export interface OsvDocument {
  readonly id: string;
  readonly modified: string;
  readonly aliases: readonly string[];
  readonly upstream: readonly string[];
  readonly affected: Affected[];
}

/** Bucket → ecosystem of OSV, and whether it is a distribution's. Those that are in none of these OSV has not. */
const ECOSYSTEMS: readonly (readonly [RegExp, string, 'distribution' | 'language'])[] = [
  [/^debian (\d+)$/u, 'Debian:$1', 'distribution'],
  [/^ubuntu (\d+\.04)$/u, 'Ubuntu:$1:LTS', 'distribution'],
  [/^alpine (\d+\.\d+)$/u, 'Alpine:v$1', 'distribution'],
  [/^alma (\d+)$/u, 'AlmaLinux:$1', 'distribution'],
  [/^rocky (\d+)$/u, 'Rocky Linux:$1', 'distribution'],
  [/^CBL-Mariner (\d+)\.0$/u, 'Azure Linux:$1', 'distribution'],
  [/^Photon OS (.+)$/u, 'Photon OS:$1', 'distribution'],
  [/^openSUSE (.+)$/u, 'openSUSE:$1', 'distribution'],
  [/^SUSE Linux Enterprise (\d+)-(SP\d+)$/u, 'SUSE:Linux Enterprise Server $1 $2', 'distribution'],
  [/^SUSE (Linux Enterprise Micro .+)$/u, 'SUSE:$1', 'distribution'],
  [/^cargo::.*$/u, 'crates.io', 'language'],
  [/^composer::.*$/u, 'Packagist', 'language'],
  [/^erlang::.*$/u, 'Hex', 'language'],
  [/^go::.*$/u, 'Go', 'language'],
  [/^maven::.*$/u, 'Maven', 'language'],
  [/^npm::.*$/u, 'npm', 'language'],
  [/^nuget::.*$/u, 'NuGet', 'language'],
  [/^pip::.*$/u, 'PyPI', 'language'],
  [/^pub::.*$/u, 'Pub', 'language'],
  [/^rubygems::.*$/u, 'RubyGems', 'language'],
  [/^swift::.*$/u, 'SwiftURL', 'language'],
];

/** What the numbers of Red Hat's products stand for, as far as Trivy's test database says it. */
const RED_HAT: Readonly<Record<number, string>> = {
  857: 'Red Hat:enterprise_linux:6::server',
  869: 'Red Hat:enterprise_linux:7::server',
};

/** One record for each identifier and kind of ecosystem. */
export function osvOfTrivy(advisories: readonly TrivyAdvisory[]): readonly OsvDocument[] {
  const records = new Map<string, OsvDocument>();
  for (const one of advisories) {
    for (const [ecosystem, kind, upstream, events] of saidOf(one)) {
      const family = ecosystem.split(':', 1)[0] ?? '';
      const isOwn = !one.id.startsWith('CVE-');
      const id = isOwn ? one.id : `${family.toUpperCase().replaceAll(' ', '-')}-${one.id}`;
      const named = isOwn ? upstream : [one.id];
      const record = records.get(id) ?? {
        ...{ id, modified: '2026-01-01T00:00:00Z', affected: [] },
        ...(kind === 'language' ? { aliases: named, upstream: [] } : { aliases: [], upstream: named }),
      };
      const ranges = events.map((of) => ({ type: 'ECOSYSTEM' as const, events: of }));
      record.affected.push({ package: { ecosystem, name: one.package }, ranges });
      records.set(id, record);
    }
  }
  return [...records.values()];
}

type Said = readonly [
  ecosystem: string,
  kind: 'distribution' | 'language',
  upstream: readonly string[],
  ranges: Event[][],
];

function saidOf({ of, advisory }: TrivyAdvisory): readonly Said[] {
  if (of === 'Red Hat') {
    return (advisory?.Entries ?? []).flatMap(({ Affected = [], Cves = [], FixedVersion }) =>
      Affected.flatMap((product): Said[] => {
        const ecosystem = RED_HAT[product];
        const upstream = Cves.flatMap(({ ID }) => ID ?? []);
        return ecosystem === undefined ? [] : [[ecosystem, 'distribution', upstream, [fixedBy(FixedVersion)]]];
      }),
    );
  }
  const [pattern, name = '', kind = 'language'] = ECOSYSTEMS.find(([bucket]) => bucket.test(of)) ?? [];
  if (pattern === undefined) return [];
  const ecosystem = of.replace(pattern, name);
  const ranges = kind === 'distribution' ? [fixedBy(advisory?.FixedVersion)] : rangesOf(ecosystem, advisory ?? {});
  return [[ecosystem, kind, [], ranges]];
}

function fixedBy(version = ''): Event[] {
  return [{ introduced: '0' }, ...(version === '' ? [] : [{ fixed: version }])];
}

function rangesOf(ecosystem: string, advisory: NonNullable<TrivyAdvisory['advisory']>): Event[][] {
  const { VulnerableVersions: vulnerable, PatchedVersions: patched = [] } = advisory;
  const inOrder = (a: string, b: string): Order => {
    const answer = order(ecosystem, a, b);
    if (!('order' in answer)) throw new Error(`${a} and ${b} of ${ecosystem} have no order`);
    return answer.order;
  };
  if (vulnerable !== undefined)
    return vulnerable.map((said) => vulnerableRange(said, patched.toSorted(inOrder), inOrder));
  // Patched are ranges: all between them is vulnerable.
  const between = patched.map(boundsOf).toSorted((a, b) => inOrder(a.from ?? '0', b.from ?? '0'));
  return [
    [
      { introduced: '0' },
      ...between.flatMap(({ from, below }) => [
        ...(from === null ? [] : [{ fixed: from }]),
        ...(below === null ? [] : [{ introduced: below }]),
      ]),
    ],
  ];
}

function vulnerableRange(said: string, patched: readonly string[], inOrder: (a: string, b: string) => Order): Event[] {
  const { from, below, upTo } = boundsOf(said);
  // The first version that is patched closes what is open up to a version, as GitHub's own records have it.
  const fixed = upTo === null ? below : (patched.find((version) => inOrder(version, upTo) >= 0) ?? null);
  return [
    { introduced: from ?? '0' },
    ...(fixed !== null ? [{ fixed }] : upTo !== null ? [{ last_affected: upTo }] : []),
  ];
}

interface Bounds {
  readonly from: string | null;
  readonly below: string | null;
  readonly upTo: string | null;
}

/** `>= 1, < 2`, `<= 2`, `[1,2)`. */
function boundsOf(said: string): Bounds {
  const [, from = '', to = '', end = ''] = /^\[([^,]*),([^\])]*)([\])])$/u.exec(said) ?? [];
  if (end !== '') return { from, below: end === ')' ? to : null, upTo: end === ']' ? to : null };
  const part = (operator: string): string | null =>
    new RegExp(`(?:^|[ ,])${operator} *([^ ,=<>]+)`, 'u').exec(said)?.[1] ?? null;
  return { from: part('>='), below: part('<'), upTo: part('<=') };
}
