/** What may become of a risk. Each gives the risk after it, or null where nothing is different. */
import { ulidOf } from '../canonical/ulid.ts';
import { type Changed, changed, type Told } from './change.ts';
import { type Closed, NO_TREATMENT, type Risk } from './risk.ts';
import type { Seen } from './seen.ts';

type When = Pick<Told, 'at'>;

/** Names of bases that a risk remembers at most. */
const MOST_BASES = 20;

export function riskId(at: string, content: unknown): string {
  return `RISK-${ulidOf(at, content)}`;
}

export function opened(seen: Seen, at: string): Changed {
  const { subject, vulnerability, aliases, title, assetOwner, stage, bases, severity, scores, fixedIn } = seen;
  const { asset, type, source } = subject;
  const risk = {
    id: riskId(at, { subject, vulnerability }),
    kind: 'vulnerability' as const,
    ...{ asset, vulnerability, aliases, title, assetOwner, severity, scores, fixedIn },
    package: { type, source },
    owner: null,
    stages: [stage],
    bases: bases.slice(0, MOST_BASES),
    treatment: NO_TREATMENT,
    controls: [],
    firstSeen: scores.at,
    lastSeen: null,
    state: 'open' as const,
    closed: null,
    reopened: 0,
    mergedInto: null,
    absorbed: [],
  };
  return changed(null, risk, { at, what: 'opened', by: null, why: null });
}

/** It is there: reopens what was closed; another stage, name, base or figure is taken in. */
export function sawRisk(risk: Risk, seen: Seen, { at }: When): Changed | null {
  const isNewer = seen.scores.at >= risk.scores.at;
  const wasClosed = risk.state === 'closed';
  const stages = wasClosed ? [seen.stage] : [...new Set([...risk.stages, seen.stage])].sort();
  const names = new Set([
    risk.vulnerability ?? seen.vulnerability,
    ...risk.aliases,
    seen.vulnerability,
    ...seen.aliases,
  ]);
  const aliases = [...names].filter((name) => name !== risk.vulnerability).sort();
  const bases = [...new Set([...risk.bases, ...seen.bases])].sort().slice(0, MOST_BASES);
  const isRated = isNewer && !sameFigures(risk, seen);
  const figures = isRated
    ? { severity: seen.severity, scores: seen.scores, fixedIn: seen.fixedIn, title: seen.title }
    : {};
  const assetOwner = isNewer ? seen.assetOwner : risk.assetOwner;
  const isWider =
    stages.length !== risk.stages.length ||
    aliases.length !== risk.aliases.length ||
    bases.length !== risk.bases.length ||
    assetOwner !== risk.assetOwner;
  if (!wasClosed && !isRated && !isWider) return null;
  const next = { ...risk, ...figures, stages, aliases, bases, assetOwner };
  if (wasClosed) return reopened(risk, next, { at });
  return changed(risk, next, { at, what: isWider ? 'seen' : 'rated', by: null, why: null });
}

/** As the same risk, with its treatment and its history. */
export function reopened(risk: Risk, next: Risk, { at }: When): Changed {
  const open = { ...next, state: 'open' as const, closed: null, lastSeen: null, reopened: risk.reopened + 1 };
  return changed(risk, open, { at, what: 'reopened', by: null, why: 'it was found again' });
}

/** With its evidence; what is closed, merged or was entered by a person is left as it is. */
export function closedRisk(risk: Risk, closed: Closed, lastSeen: string): Changed | null {
  if (risk.state !== 'open') return null;
  const next = { ...risk, state: 'closed' as const, closed, lastSeen };
  return changed(risk, next, { at: closed.at, what: 'closed', by: closed.by, why: closed.why });
}

/** Two turn out to be one: the older takes in what the younger had, and only where it has nothing of its own. */
export function merged(older: Risk, younger: Risk, { at }: When): readonly [Changed, Changed] {
  const names = new Set([...older.aliases, ...younger.aliases, younger.vulnerability ?? '']);
  const absorbing = {
    ...older,
    aliases: [...names].filter((name) => name !== '' && name !== older.vulnerability).sort(),
    owner: older.owner ?? younger.owner,
    treatment: older.treatment.kind === 'none' ? younger.treatment : older.treatment,
    controls: [...new Set([...older.controls, ...younger.controls])],
    stages: [...new Set([...older.stages, ...younger.stages])].sort(),
    bases: [...new Set([...older.bases, ...younger.bases])].sort().slice(0, MOST_BASES),
    firstSeen: older.firstSeen < younger.firstSeen ? older.firstSeen : younger.firstSeen,
    ...(younger.state === 'open' && older.state === 'closed'
      ? { state: 'open' as const, closed: null, lastSeen: null, reopened: older.reopened + 1 }
      : {}),
    absorbed: [...older.absorbed, younger.id, ...younger.absorbed],
  };
  const why = `${younger.vulnerability ?? younger.id} is another name of ${older.vulnerability ?? older.id}`;
  return [
    changed(older, absorbing, { at, what: 'absorbed', by: null, why }),
    changed(younger, { ...younger, state: 'merged', mergedInto: older.id }, { at, what: 'merged', by: null, why }),
  ];
}

/** Figures that moved by less than a whole percent are the same: EPSS moves nearly all of them every day. */
function sameFigures(risk: Risk, seen: Seen): boolean {
  const figures = ['likelihood', 'impact', 'inherent', 'residual'] as const;
  return (
    figures.every((name) => Math.round(risk.scores[name] * 100) === Math.round(seen.scores[name] * 100)) &&
    risk.severity === seen.severity &&
    risk.fixedIn === seen.fixedIn
  );
}
