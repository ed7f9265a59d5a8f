/** Keeps what the registry's own scanner says of an image, as any other scanner's opinion is kept. */
import { canonicalBytes } from '../../core/canonical/canonical.ts';
import type { Placement } from '../../core/image/placement.ts';
import { namedBy } from '../../core/opinions/named.ts';
import { datedOpinion, type OpinionFinding, vulnerabilityName } from '../../core/opinions/opinion.ts';
import { severityOf } from '../../core/opinions/severities.ts';
import type { EvidenceStore } from '../ports/evidence-store.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import type { RegistryFinding, RegistryScan, RegistryScans } from '../ports/registry-scan.ts';
import { keepOpinion, opinionCounts, type OpinionItem } from './opinion-items.ts';

interface Dependencies {
  readonly scans: RegistryScans;
  readonly register: RegisterStore;
  readonly evidence: EvidenceStore;
}

/** @returns what was kept, for the log */
export async function takeOpinion(
  placement: Placement,
  { scans, register, evidence }: Dependencies,
): Promise<Readonly<Record<string, unknown>>> {
  const item = await itemOf(await scans.read(placement), placement, evidence);
  // A scan has an instant of its own: told of twice it is the same change.
  const outcome = await keepOpinion(placement, item, item.completedAt ?? NO_INSTANT, register);
  const { scanner, state, said, counts } = item;
  return { scanner, state, said, counts, outcome };
}

/** Of a scan that says nothing: no work follows from it, unless it takes the place of one that said something. */
const NO_INSTANT = '1970-01-01T00:00:00.000Z';

async function itemOf(scan: RegistryScan, placement: Placement, evidence: EvidenceStore): Promise<OpinionItem> {
  const { scanner, state, said, completedAt } = scan;
  const none = {
    scanner,
    version: null,
    state: 'none',
    said,
    completedAt,
    opinion: null,
    counts: {},
    imported: null,
  } as const;
  if (state === 'none' || completedAt === null) return none;
  const findings = scan.findings.map(findingOf);
  const wrong = findings.find((finding) => typeof finding === 'string');
  // What is not understood is no opinion: half of one would say that the rest is clean.
  if (wrong !== undefined) return { ...none, said: `${said}, and can not be read: ${wrong}` };
  const image = { digests: [placement.digest], layers: [], configuration: null };
  const whole = findings.filter((finding) => typeof finding !== 'string');
  const opinion = datedOpinion(
    { scanner: { name: scanner, version: null }, at: completedAt, image, findings: whole },
    completedAt,
  );
  const digest = await evidence.put(canonicalBytes(opinion));
  return { ...none, state, opinion: digest, counts: opinionCounts(whole) };
}

/** Or what is wrong with it. */
function findingOf({ vulnerability, severity, package: name, version }: RegistryFinding): OpinionFinding | string {
  const rated = severityOf(severity);
  if (name === null) return `${vulnerability} names no package`;
  if (rated === null) return `${vulnerability} has a severity that is not known: ${severity}`;
  if (!vulnerabilityName.safeParse(vulnerability).success)
    return `"${vulnerability}" is no identifier of a vulnerability`;
  const [named = { vulnerability, aliases: [] }] = namedBy(vulnerability, []);
  return { ...named, package: { type: null, name, version, purl: null, path: null }, severity: rated, fixedIn: null };
}
