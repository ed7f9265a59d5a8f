/**
 * An advisory of nodejs/security-wg (native format, npm packages) as an OSV record. It knows what the two
 * formats say and nothing of what is expected of them.
 */
import { createRequire } from 'node:module';

interface NodeSemver {
  /** An empty comparator, which any version satisfies, has a symbol in place of a version. */
  readonly Range: new (
    text: string,
    options: { readonly includePrerelease: boolean },
  ) => {
    readonly set: readonly (readonly { readonly operator: string; readonly semver: { readonly version?: string } }[])[];
  };
}

const { Range } = createRequire(import.meta.url)('semver') as NodeSemver;

export interface SecurityWgAdvisory {
  readonly id: number;
  readonly module_name: string;
  readonly vulnerable_versions: string;
  readonly cves?: readonly string[] | null;
  readonly publish_date: string;
  readonly updated_at: string;
  readonly title: string;
}

type Event = Readonly<Record<string, string>>;

/** Null where no version is vulnerable, by its own word. */
export function securityWgToOsv(advisory: SecurityWgAdvisory): object | null {
  const ranges = rangesOf(advisory.vulnerable_versions);
  if (ranges.length === 0) return null;
  return {
    id: `NSWG-ECO-${String(advisory.id)}`,
    modified: `${advisory.updated_at.slice(0, 10)}T00:00:00Z`,
    published: `${advisory.publish_date.slice(0, 10)}T00:00:00Z`,
    aliases: advisory.cves ?? [],
    summary: advisory.title,
    affected: [{ package: { ecosystem: 'npm', name: advisory.module_name }, ranges }],
  };
}

/** One range for each alternative of the expression, `>=1.0.0 <1.2.0 || 2.x`. */
function rangesOf(expression: string): readonly { readonly type: string; readonly events: readonly Event[] }[] {
  const { set } = new Range(expression, { includePrerelease: true });
  return set.flatMap((comparators) => {
    const events: Event[] = [];
    let introduced = '0';
    for (const { operator, semver } of comparators) {
      const { version } = semver;
      if (version === undefined) continue;
      if (version === '0.0.0-0' && operator === '<') return [];
      if (operator === '>=') introduced = version;
      else if (operator === '>') introduced = after(version);
      else if (operator === '<') events.push({ fixed: version });
      else if (operator === '<=') events.push({ last_affected: version });
      else {
        introduced = version;
        events.push({ last_affected: version });
      }
    }
    return [{ type: 'SEMVER', events: [{ introduced }, ...events] }];
  });
}

/** The smallest version behind another: the first pre-release of the next patch, or one identifier more. */
function after(version: string): string {
  if (version.includes('-')) return `${version}.0`;
  const [major = '0', minor = '0', patch = '0'] = version.split('.');
  return `${major}.${minor}.${String(Number(patch) + 1)}-0`;
}
