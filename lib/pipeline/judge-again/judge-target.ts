/**
 * Judges one verdict again, if its cause touches it: nothing is scanned, the inventory is the one that the
 * verdict rests on.
 */
import type { Cause } from '../../core/again/cause.ts';
import { substanceOf } from '../../core/again/substance.ts';
import type { Placement } from '../../core/image/placement.ts';
import type { Assessment } from '../../core/register/assessment.ts';
import type { Current } from '../../core/register/current.ts';
import type { Scan } from '../../core/register/judged-evidence.ts';
import type { Inventory } from '../../core/sbom/inventory.ts';
import { basisOfAssessment } from '../judge-image/basis.ts';
import { heldInventory } from '../judge-image/inventory-of.ts';
import {
  assessScan,
  type DecideDependencies,
  failedScan,
  type JudgeRequest,
  keepJudged,
} from '../judge-image/judge-scan.ts';
import { readAssessment } from '../judge-image/read-assessment.ts';
import { readDocument } from '../judge-image/read-document.ts';
import { GIVEN_UP } from '../judge-placement/record-judged.ts';
import { rememberKnown } from '../lineage/remember-known.ts';
import type { Versions } from '../ports/intelligence.ts';
import { confirmCurrent, recordAgain, retireCurrent } from '../record-assessment/record-again.ts';
import { rememberFirstSights } from '../record-assessment/remember-first-sights.ts';
import { rememberVulnerabilities } from '../record-assessment/remember-vulnerabilities.ts';
import { runningOf } from '../sightings/running.ts';
import { stillCounts } from '../sightings/stages.ts';
import { leaveOvertaken } from './overtaken.ts';
import { leavePassed } from './passed.ts';
import type { PlacedTarget } from './targets.ts';
import { isTouched } from './touched.ts';

export interface AgainDependencies extends DecideDependencies {
  readonly intelligence: Versions;
  /** The instant that a placement is judged as of, whatever the time is; null where it is the time. */
  readonly asOf: (placement: Placement) => string | null;
}

/** What is asked of one verdict. */
export interface Target extends PlacedTarget {
  readonly cause: Cause;
  readonly page: number;
  /** ISO 8601: as of when. */
  readonly at: string;
  /** Why it could not be judged: the verdict becomes unknown, with this cause. */
  readonly failed?: string;
}

/** Causes that count whatever a placement is judged as of. */
const BY_PEOPLE: ReadonlySet<Cause['kind']> = new Set<Cause['kind']>(['appetite', 'exception', 'opinion']);

export type Outcome = 'changed' | 'confirmed' | 'untouched';

export async function judgeTarget(target: Target, dependencies: AgainDependencies): Promise<Outcome> {
  const { cause, at, current, like, failed } = target;
  const { register, evidence, intelligence, asOf } = dependencies;
  // As of the same instant it was this very work, before it was interrupted.
  const standing = current?.at === at ? 'changed' : current?.confirmedAt === at ? 'confirmed' : 'untouched';
  const fixed = asOf(like.placement);
  // Feeds and days that come after its instant say nothing of it; what people decide counts all the same.
  if (fixed !== null && !BY_PEOPLE.has(cause.kind)) return 'untouched';
  if (current !== null && !target.asked) {
    if (!current.sighted) await retireCurrent(current, register);
    return standing;
  }
  const isBack = current?.retired === true;
  if (current !== null && !isBack && (isSettled(current, target) || !(await stillCounts(current, register)))) {
    return standing;
  }

  const known = await readAssessment(evidence, like.assessment);
  const isSure = failed !== undefined || current === null || isBack || cause.kind !== 'feeds';
  if (!isSure && !(await isTouched(known, at, intelligence))) return standing;
  const scan = failed === undefined ? await scanOf(known, dependencies) : failedAgain(failed);
  if (scan.inventory !== null) {
    const { placement, tags } = like;
    await rememberKnown({ placement, tags, platform: known.image.platform }, scan.inventory, at, register);
  }
  const instant = fixed === null ? { at } : { at: next(fixed, current), exceptionsAt: at };
  const after = await assessScan({ ...requestOf(target, known), ...instant }, scan, dependencies);
  const before = current === null ? null : known;
  if (current !== null && substanceOf(after) === substanceOf(known)) {
    if (standing !== 'untouched') return standing;
    await confirmCurrent(current, at, register);
    return 'confirmed';
  }
  await record(target, before, after, dependencies);
  return 'changed';
}

/** The instant that it is judged as of, or the one behind its last verdict: verdicts only move forward. */
function next(fixed: string, current: Current | null): string {
  if (current === null || current.at < fixed) return fixed;
  return new Date(Date.parse(current.at) + 1).toISOString();
}

/** Judged later than this work, or on the day that began. */
function isSettled(current: Current, { cause, at }: Target): boolean {
  const last = current.confirmedAt ?? current.at;
  return last > at || (cause.kind === 'day' && last.slice(0, 10) >= cause.day);
}

function failedAgain(why: string): Scan {
  return failedScan(`judging it again failed: ${why}`);
}

/** A scan that was given up may have been done since, by another push of the same image. */
async function scanOf({ inputs, image }: Assessment, dependencies: AgainDependencies): Promise<Scan> {
  const { sbom, scanGaps } = inputs;
  if (sbom !== null) {
    return { inventory: await readDocument<Inventory>(dependencies.evidence, sbom, 'SBOM'), hash: sbom };
  }
  const [gap, ...gaps] = scanGaps;
  const held = await heldInventory(image.digest, dependencies);
  if (held !== null) return held;
  return gap === undefined ? failedAgain('the verdict names no inventory') : { inventory: null, gaps: [gap, ...gaps] };
}

function requestOf({ like, given, at }: Target, { image, inputs }: Assessment): JudgeRequest {
  const { digest, platform, reference } = image;
  return { digest, platform, reference, placement: like.placement, repository: inputs.repository, stage: given, at };
}

async function record(
  { cause, page, like, failed }: Target,
  before: Assessment | null,
  after: Assessment,
  dependencies: AgainDependencies,
): Promise<void> {
  const { register, appetite } = dependencies;
  const { placement } = like;
  const { assessment, id } = await keepJudged(after, dependencies);
  await rememberFirstSights(assessment.inputs.firstSeen, register);
  await rememberVulnerabilities(assessment.findings, register);
  const running = (await runningOf(placement.digest, register)).length > 0;
  const basis = failed === undefined ? basisOfAssessment(assessment) : GIVEN_UP;
  const placed = { ...assessment, placement };
  const fallbackOwner = appetite.value.unnamed.owner;
  await recordAgain({ assessment: placed, id, basis, cause, page, before, like, running, fallbackOwner }, register);
  await leaveOvertaken({ assessment, id }, dependencies);
  await leavePassed({ assessment, id }, appetite.value, register);
}
