/**
 * Every base with what is built on it: clones, where they stand, whose they are, and what a newer
 * build of the same base would change. A vulnerability of a base is told once, beside all its clones.
 */
import type { Appetite } from '../../core/appetite/appetite.ts';
import { assetOf } from '../../core/appetite/asset-of.ts';
import type { Digest } from '../../core/image/digest.ts';
import { STAGES } from '../../core/image/stage.ts';
import type { Approval } from '../../core/lineage/approval.ts';
import type { ImageFacts } from '../../core/lineage/image-facts.ts';
import type { Base } from '../../core/lineage/lineage.ts';
import { type Changes, whatChanges } from '../../core/lineage/what-changes.ts';
import type { Finding } from '../../core/matching/finding.ts';
import type { Current } from '../../core/register/current.ts';
import { worstFirst } from '../../core/register/worst-first.ts';
import { scoresOf } from '../../core/scoring/score.ts';
import { readBoard } from '../read-board/read-board.ts';
import { basesOf } from './bases-of.ts';
import { knownBases } from './known-bases.ts';
import { type Knowing, knownFindings, readOnce } from './known-findings.ts';
import { newestOf } from './lineage-of.ts';
import { type Family, readFamily } from './read-family.ts';
import { shownNames } from './read-tree.ts';

export interface BaseOverview {
  readonly facts: ImageFacts;
  readonly names: readonly string[];
  readonly approval: Approval | null;
  readonly newest: Base['newest'];
  /** Current verdicts of its clones in other repositories. */
  readonly clones: readonly Current[];
  /** Who answers for the clones, by the appetite. */
  readonly owners: readonly string[];
  readonly stages: Current['stage'][];
  /** Of the base itself, the worst first; null where its SBOM is not held. */
  readonly findings: readonly Finding[] | null;
  /** Its score, 0–100; null where that is so. */
  readonly score: number | null;
  /** What its clones would lose and gain with the newest build; null where there is none, or its SBOM is not held. */
  readonly changes: Changes | null;
}

interface Asked extends Knowing {
  readonly appetite: Appetite;
  /** ISO 8601. */
  readonly at: string;
}

/** @param only - these bases alone; all where left out. The one with the most clones first. */
export async function readBases(asked: Asked, only?: readonly Digest[]): Promise<readonly BaseOverview[]> {
  const family = readFamily(asked.register);
  const clones = await clonesByBase(asked, family);
  for (const { facts } of await knownBases(asked.register, family)) {
    if (!clones.has(facts.image)) clones.set(facts.image, []);
  }
  const knowing = { ...asked, intelligence: readOnce(asked.intelligence) };
  const bases: BaseOverview[] = [];
  for (const [image, built] of clones) {
    const facts = only === undefined || only.includes(image) ? await family.facts(image) : null;
    if (facts !== null) bases.push(await describe(facts, built, knowing, family));
  }
  return bases.sort((a, b) => b.clones.length - a.clones.length || (a.names.join() < b.names.join() ? -1 : 1));
}

/** An earlier build of the same repository is no base that anybody else answers for. */
async function clonesByBase({ register }: Knowing, family: Family): Promise<Map<Digest, Current[]>> {
  const clones = new Map<Digest, Current[]>();
  for (const current of await readBoard(register, { all: false })) {
    const facts = await family.facts(current.placement.digest);
    for (const base of facts === null ? [] : await basesOf(facts, family)) {
      if ((await family.repositories(base.image)).includes(current.placement.repository)) continue;
      const built = clones.get(base.image);
      if (built === undefined) clones.set(base.image, [current]);
      else built.push(current);
    }
  }
  return clones;
}

async function describe(
  facts: ImageFacts,
  clones: readonly Current[],
  { appetite, at, ...knowing }: Asked,
  family: Family,
): Promise<BaseOverview> {
  const newest = await newestOf(facts, null, family);
  const findings = await knownFindings(facts.image, at, knowing);
  const newer = newest === null ? null : await knownFindings(newest.image, at, knowing);
  return {
    facts,
    names: await shownNames(facts.image, family),
    approval: await family.approval(facts.image),
    newest,
    clones,
    owners: [...new Set(clones.map(({ placement }) => ownerOf(placement.repository, appetite)))].sort(),
    stages: STAGES.filter((stage) => clones.some((clone) => clone.stage === stage)),
    findings: findings === null ? null : worstFirst(findings),
    score: findings === null ? null : scoresOf(findings).open,
    // To its clones everything of the base is inherited.
    changes:
      findings === null || newer === null
        ? null
        : whatChanges(
            findings.map((finding) => ({ ...finding, inheritedFrom: facts.image })),
            newer,
          ),
  };
}

function ownerOf(repository: string, appetite: Appetite): string {
  return (assetOf(appetite, repository).asset ?? appetite.unnamed).owner;
}
