/** What folding a placement has to do: which findings get rows, and which are known to be gone. */
import { contentId } from '../../core/canonical/canonical.ts';
import { type Digest, shortDigest } from '../../core/image/digest.ts';
import type { Stage } from '../../core/image/stage.ts';
import type { Assessment } from '../../core/register/assessment.ts';
import { type Current, readCurrent } from '../../core/register/current.ts';
import type { JudgedEvidence } from '../../core/register/judged-evidence.ts';
import { currentKey } from '../../core/register/keys.ts';
import { foldedKey } from '../../core/register/risk-keys.ts';
import { coversAsMuch } from '../../core/risks/coverage.ts';
import { type Folded, type FoldedStage, readFolded, replacementOf, stageOf } from '../../core/risks/folded.ts';
import type { Cleared } from '../../core/risks/placed-risk.ts';
import { assetIn, type Seen, seenIn } from '../../core/risks/seen.ts';
import { counts } from '../../core/sightings/standing.ts';
import { readAssessment } from '../judge-image/read-assessment.ts';
import type { EvidenceStore } from '../ports/evidence-store.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import { runningOf } from '../sightings/running.ts';

export interface Folding {
  readonly register: RegisterStore;
  readonly evidence: EvidenceStore;
  readonly appetite: Pick<JudgedEvidence['appetite'], 'value'>;
  readonly now: () => Date;
}

/** A finding that a stage of the placement has. */
export interface ToSet {
  readonly seen: Seen;
  readonly assessment: Digest;
}

/** A finding that it no longer has. */
export interface ToClear {
  readonly seen: Seen;
  readonly cleared: Omit<Cleared, 'at'>;
}

export interface StagePlan {
  readonly stage: Stage;
  readonly set: readonly ToSet[];
  readonly clear: readonly ToClear[];
  /** What the marker says meanwhile, and when all is written. */
  readonly begun: FoldedStage;
  readonly done: FoldedStage;
}

type Ending = Omit<Cleared, 'at'>;

/** What stands for a stage: an assessment, or how the placement came to count no more. */
type Target =
  { readonly assessment: Digest; readonly ended: null } | { readonly assessment: null; readonly ended: Ending };

/** Replacements that are followed from one image to the next. */
const MOST_REPLACEMENTS = 50;

/** Null where everything stands in the register as it is. */
export async function planStage(current: Current, marker: Folded, folding: Folding): Promise<StagePlan | null> {
  const { stage } = current;
  const folded = stageOf(marker, stage);
  const target = await targetOf(current, folding);
  if (target.assessment === folded.assessment && folded.pending.length === 0) return null;
  const { evidence } = folding;
  const unnamedOwner = folding.appetite.value.unnamed.owner;
  const after = target.assessment === null ? null : await readAssessment(evidence, target.assessment);
  const now = after === null ? new Map<string, Seen>() : seenIn(after, unnamedOwner);
  const there = new Set([...now.values()].flatMap(namesOf));
  const earlier = new Set([folded.assessment, ...folded.kept, ...folded.pending]);

  const known = new Map<string, Set<Digest>>();
  const gone = new Map<string, ToClear>();
  const held = new Set<string>();
  const kept: Digest[] = [];
  for (const id of earlier) {
    if (id === null || id === target.assessment) continue;
    const before = await readAssessment(evidence, id);
    const seen = seenIn(before, unnamedOwner);
    for (const [key, one] of seen) known.set(key, (known.get(key) ?? new Set()).add(likeness(one)));
    const missing = [...seen].filter(([, one]) => namesOf(one).every((name) => !there.has(name)));
    if (missing.length > 0 && after !== null && !coversAsMuch(before, after)) {
      kept.push(id);
      for (const [key] of missing) held.add(key);
      continue;
    }
    for (const [key, one] of missing) gone.set(key, { seen: one, cleared: endingOf(target, after, one) });
  }
  const { assessment } = target;
  const isSure = folded.pending.length === 0;
  const set = [...now].filter(([key, one]) => !(isSure && known.get(key)?.has(likeness(one)) === true));
  return {
    stage,
    set: assessment === null ? [] : set.map(([, seen]) => ({ seen, assessment })),
    clear: [...gone].filter(([key]) => !held.has(key)).map(([, one]) => one),
    begun: {
      ...folded,
      pending: [...new Set([...folded.pending, ...(assessment === null ? [] : [assessment])])],
    },
    done: { assessment, kept, pending: [] },
  };
}

/** Every name of a finding: under another of its names it is there still. */
function namesOf({ subject: { asset, type, source }, vulnerability, aliases }: Seen): readonly string[] {
  return [vulnerability, ...aliases].map((name) => JSON.stringify([asset, type, source, name]));
}

/** All of a finding that a risk takes in, but for when it was seen. */
function likeness({ scores: { at: _, ...figures }, ...seen }: Seen): Digest {
  return contentId({ ...seen, figures });
}

function endingOf(target: Target, after: Assessment | null, { subject }: Seen): Ending {
  if (target.assessment === null) return target.ended;
  const { assessment } = target;
  if (after !== null && assetIn(after) !== subject.asset) {
    return { how: 'moved', why: `its repository belongs to ${assetIn(after)} now`, evidence: assessment };
  }
  return { how: 'fixed', why: 'it is not found there any more', evidence: assessment };
}

/** What is judged no longer, since nothing of it counts, still stands until something better takes its place. */
async function targetOf(current: Current, folding: Folding): Promise<Target> {
  const { register, evidence } = folding;
  const stands = { assessment: current.assessment, ended: null };
  if (await isCounting(current, register)) return stands;
  const ended = (how: Ending['how'], why: string, proof: Digest | null = null): Target => ({
    assessment: null,
    ended: { how, why, evidence: proof },
  });
  if (current.retired) return ended('moved', 'the appetite no longer has it judged for this stage');
  if (current.sighted) return ended('not-running', 'the image no longer runs in production');
  if (current.gone !== null) return ended(current.gone.why, `the image was ${current.gone.why} and runs nowhere`);
  const next = await standingReplacement(current, register);
  if (next === 'nobody') return ended('untagged', 'the last tag of the image was removed and it runs nowhere');
  if (next === null) return stands;
  const [before, after] = await Promise.all([
    readAssessment(evidence, current.assessment),
    readAssessment(evidence, next.assessment),
  ]);
  if (!coversAsMuch(before, after)) return stands;
  const why = `the image was replaced by ${shortDigest(next.current.placement.digest)}, which does not have it`;
  return ended('replaced', why, next.assessment);
}

/** The image that has its tags by now, once that one stands in the register; null while it does not. */
async function standingReplacement(current: Current, register: RegisterStore) {
  let last = current;
  for (let steps = 0; steps < MOST_REPLACEMENTS; steps += 1) {
    const placement = replacementOf(last);
    if (placement === null) return 'nobody';
    const next = readCurrent(await register.get(currentKey(placement, current.stage)));
    if (next === null) return null;
    if (next.gone === null && (await isCounting(next, register))) {
      const item = await register.get(foldedKey(placement));
      const assessment = item === null ? null : stageOf(readFolded(item), current.stage).assessment;
      return assessment === null ? null : { current: next, assessment };
    }
    if (next.gone !== null) return 'nobody';
    last = next;
  }
  return null;
}

async function isCounting(current: Current, register: RegisterStore): Promise<boolean> {
  return counts(current, []) || counts(current, await runningOf(current.placement.digest, register));
}
