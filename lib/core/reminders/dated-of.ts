/** What comes due, as it follows from what is stored. */
import { askAgain } from '../exceptions/ask-again.ts';
import type { Exception } from '../exceptions/exception.ts';
import { scopeTitle } from '../exceptions/scope-title.ts';
import { type Digest, shortDigest } from '../image/digest.ts';
import type { Approval } from '../lineage/approval.ts';
import { ownerOf, type Risk } from '../risks/risk.ts';
import { shellWord } from '../text/shell.ts';
import { type End, endAfter, endOfDay, lastDayOf } from '../time/end.ts';
import type { Dated } from './dated.ts';

/**
 * The end and the review of an exception that was granted; none of one that never was.
 *
 * @param reviewedAt - ISO 8601: when its last review was answered; null: it never was
 */
export function datedOfException(exception: Exception, reviewedAt: string | null): readonly Dated[] {
  const { id, terms, review, approver, decidedAt, ended } = exception;
  const { expiry } = terms;
  if (expiry === null || decidedAt === null || approver === null || isOver(exception)) return [];
  const common = {
    subject: id,
    title: scopeTitle(terms.scope),
    detail: terms.reason,
    asset: 'asset' in terms.scope.images ? terms.scope.images.asset : null,
    stages: terms.scope.stages,
    to: distinct([...(terms.owner === null ? [] : [terms.owner]), approver.person ?? approver.principal]),
  };
  const end: Dated = {
    ...{ ...common, kind: 'expiry', due: expiry, since: decidedAt, until: null },
    answers: [
      `cavendish exception renew ${id} --until DATE`,
      ended === null ? `cavendish exception revoke ${id} --why REASON` : `cavendish reminders ack expiry:${id}`,
    ],
  };
  // A review on the last day or after it would ask what the end answers.
  if (ended !== null || review === null || review.at >= expiry.at) return [end];
  return [
    end,
    {
      ...{ ...common, kind: 'review', due: review, since: reviewedAt ?? decidedAt, until: expiry.at },
      answers: [
        `cavendish exception review ${id} --still-needed --next DATE --why REASON`,
        `cavendish exception review ${id} --revoke --why REASON`,
      ],
    },
  ];
}

/** That it expired is what people were to be told of; whatever else ended it was a decision, or evidence. */
function isOver({ state, ended }: Exception): boolean {
  return ended === null ? state !== 'granted' : ended.how !== 'expired';
}

/** Of a risk that is to be mitigated by a day. */
export function datedOfRisk(risk: Risk, zone: string): readonly Dated[] {
  const { id, asset, title, stages, state, treatment } = risk;
  const { kind, due, at, why } = treatment;
  if (state !== 'open' || kind !== 'mitigate' || due === null || at === null) return [];
  return [
    {
      ...{ kind: 'risk', subject: id, due: endAt(due, zone), since: at, until: null },
      ...{ title: `${title} in ${asset}`, detail: why, asset, stages, to: [ownerOf(risk)] },
      answers: [
        `cavendish risk show ${id}`,
        `cavendish risk treat ${id} mitigate --due DATE --why REASON`,
        ...acceptanceOf(risk),
      ],
    },
  ];
}

/** How it is asked for to be accepted; what a person entered is in no image, and no exception covers it. */
function acceptanceOf(risk: Risk): readonly string[] {
  const { vulnerability, package: of, asset, stages } = risk;
  if (vulnerability === null || of === null) return [];
  const repository = /^repository:(.+)$/u.exec(asset)?.[1];
  const images = repository === undefined ? { asset } : { repository };
  const scope = { vulnerabilities: [vulnerability], packages: [of.source], images, stages };
  return [askAgain({ scope, owner: ownerOf(risk) })];
}

/** What is known of an external validation. */
export interface Validated {
  readonly asset: string;
  readonly who: string;
  readonly scope: string;
  readonly stages: Dated['stages'];
  /** The beginning of the day on which it was done (ISO 8601). */
  readonly date: string;
  readonly outcome: 'passed' | 'failed';
  readonly recordedBy: { readonly principal: string; readonly person: string | null };
  /** When it was recorded (ISO 8601). */
  readonly at: string;
}

/**
 * The evidence of one asset: of what was validated for each stage last, the oldest ages first.
 *
 * @param all - of the asset; those that did not pass are no evidence
 * @param owner - of the asset; null where the appetite names it no more: nobody waits for its evidence
 */
export function datedOfEvidence(
  all: readonly Validated[],
  { afterDays, zone, owner }: { readonly afterDays: number; readonly zone: string; readonly owner: string | null },
): readonly Dated[] {
  const newest = new Map<string, Validated>();
  for (const one of all.filter(({ outcome }) => outcome === 'passed')) {
    for (const stage of one.stages) {
      const held = newest.get(stage);
      if (held === undefined || [one.date, one.at].join() > [held.date, held.at].join()) newest.set(stage, one);
    }
  }
  const [first] = [...newest.values()].sort((a, b) => (a.date < b.date ? -1 : 1));
  if (first === undefined || owner === null) return [];
  const { asset, who, scope, recordedBy } = first;
  return [
    {
      ...{ kind: 'evidence', subject: asset, due: endAfter(first.date, afterDays, zone), since: first.at, until: null },
      ...{ title: asset, detail: `${scope}, by ${who}`, asset, stages: first.stages },
      to: distinct([owner, recordedBy.person ?? recordedBy.principal]),
      answers: [
        `cavendish evidence add --asset ${shellWord(asset)} --date DATE --who NAME --scope TEXT --stage STAGE --outcome passed`,
        `cavendish evidence list --asset ${shellWord(asset)}`,
      ],
    },
  ];
}

/**
 * @param approval - null where it was taken back: nothing comes due
 * @param since - when the base was approved (ISO 8601)
 * @param name - as people call the base; null where it has none
 */
export function datedOfApproval(
  image: Digest,
  approval: Approval | null,
  {
    since,
    zone,
    name,
    why,
  }: { readonly since: string; readonly zone: string; readonly name: string | null; readonly why: string | null },
): readonly Dated[] {
  if (approval === null) return [];
  const { until, stages, by } = approval;
  const called = name ?? shortDigest(image);
  return [
    {
      ...{ kind: 'approval', subject: image, due: endAt(until, zone), since, until: null },
      ...{ title: called, detail: why, asset: null, stages, to: [by] },
      answers: [
        `cavendish base approve ${shellWord(called)} ${stages.map((stage) => `--stage ${stage}`).join(' ')} --until DATE`,
        'cavendish base list',
      ],
    },
  ];
}

/** Where only the instant is stored: people mostly meant the end of a day at home. */
function endAt(stored: string, zone: string): End {
  const at = new Date(stored).toISOString();
  const day = endOfDay(lastDayOf({ at, date: null, zone }), zone);
  return day.at === at ? day : { at, date: null, zone };
}

function distinct(names: readonly string[]): readonly string[] {
  return [...new Set(names)];
}
