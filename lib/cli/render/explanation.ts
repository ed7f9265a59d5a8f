/** Why an image has a vulnerability or not, as people read it. */
import { shortDigest } from '../../core/image/digest.ts';
import type { ExplainedSubject } from '../../core/matching/explain.ts';
import type {
  ComparedEvent,
  ExplainedEntry,
  ExplainedRange,
  ExplainedRecord,
} from '../../core/matching/explain-record.ts';
import { counted, plainLine } from '../../core/text/plain.ts';
import type { Explanation } from '../../pipeline/read-board/explain.ts';
import type { Colours } from './colours.ts';

/** Names of packages in a line. */
const MOST_NAMES = 5;
const MOST_GAPS = 3;

export function renderExplanation(explanation: Explanation, colours: Colours): string {
  const { placement, tags, stage, at, vulnerability, aliases, assessment, subjects } = explanation;
  const image = `${placement.repository}${tags[0] === undefined ? `@${shortDigest(placement.digest)}` : `:${tags[0]}`}`;
  const also = aliases.length === 0 ? '' : ` (${aliases.join(', ')})`;
  return [
    colours.bold(plainLine(`${vulnerability}${also} in ${image}, ${stage}: ${answerOf(explanation)}`)),
    `As judged at ${at.slice(0, 16).replace('T', ' ')} UTC   Assessment: ${shortDigest(assessment)}`,
    ...recordLines(explanation),
    ...subjects.flatMap((subject) => ['', ...subjectLines(subject)]),
    ...acceptanceLines(explanation),
    ...gapLines(explanation),
  ].join('\n');
}

function answerOf({ outcome }: Explanation): string {
  switch (outcome) {
    case 'not named': {
      return 'no advisory that was read names it for a package of the image';
    }
    case 'no such package': {
      return 'the image has no package of that name';
    }
    case 'not read': {
      return 'not known, the image could not be read';
    }
    default: {
      return outcome === 'undecided' ? 'not known, a version can not be put in order' : outcome;
    }
  }
}

function recordLines({ cve, outcome }: Explanation): readonly string[] {
  if (cve === null) return [];
  if (cve.state === 'REJECTED') return [`The CVE record ${cve.id} was rejected by who assigned it.`];
  if (cve.disputed) return [`The CVE record ${cve.id} is disputed.`];
  return outcome === 'not named' ? [`There is a CVE record ${cve.id}, and it is neither rejected nor disputed.`] : [];
}

function subjectLines({ ecosystem, name, version, packages, outcome, records }: ExplainedSubject): readonly string[] {
  const names = [...new Set(packages.map((one) => one.name))];
  const rest = names.length > MOST_NAMES ? ` and ${String(names.length - MOST_NAMES)} more` : '';
  const built = names.length === 1 && names[0] === name ? '' : ` (${names.slice(0, MOST_NAMES).join(', ')}${rest})`;
  return [
    plainLine(`${name} ${version} of ${ecosystem}${built}: ${outcome}`),
    ...records.flatMap((record) => explainLines(record, version)),
  ];
}

function explainLines(record: ExplainedRecord, version: string): readonly string[] {
  const { id, modified, withdrawn, outcome, undecided, entries } = record;
  const said = withdrawn === null ? outcome : `withdrawn on ${withdrawn.slice(0, 10)}, it counts no more`;
  return [
    plainLine(`  ${id}, of ${modified.slice(0, 10)}: ${said}`),
    ...(undecided === null ? [] : [plainLine(`    ${undecided}`)]),
    ...entries.flatMap((entry) => entryLines(entry, version)),
  ];
}

function entryLines({ ecosystem, applies, ranges, listed }: ExplainedEntry, version: string): readonly string[] {
  if (!applies) return [plainLine(`    ${ecosystem}: of another release, it says nothing of this one`)];
  const lines = ranges.map((range) => `    ${ecosystem}: ${rangeWords(range, version)}`);
  const word = listed.holds ? `is one of ${counted(listed.count, 'listed version')}` : 'is not one of those listed';
  return [...lines, ...(listed.count === 0 ? [] : [`    ${ecosystem}: ${version} ${word}`])].map(plainLine);
}

function rangeWords({ type, events, outcome }: ExplainedRange, version: string): string {
  if (outcome === null)
    return type === 'GIT'
      ? 'a range of commits, which says nothing of versions'
      : `a range of type ${type}, which says nothing of such versions`;
  return `${events.map((event) => eventWords(event, version)).join(', ')}: ${outcome}`;
}

const KINDS: Readonly<Record<string, string>> = {
  introduced: 'introduced in',
  fixed: 'fixed in',
  last_affected: 'last affected',
  limit: 'limited to before',
};

function eventWords({ kind, version, stands }: ComparedEvent, own: string): string {
  const event = `${KINDS[kind] ?? kind} ${version}`;
  if (kind === 'introduced' && version === '0') return 'introduced in the first version';
  if (typeof stands === 'object') return `${event} (can not be put in order: ${stands.unparsable})`;
  return `${event} (${stands === 'same' ? 'the same version' : `${own} is ${stands} it`})`;
}

function acceptanceLines({ findings, lapsed, barred }: Explanation): readonly string[] {
  const lines = findings.flatMap(({ package: { name }, fixedIn, disputed, due, exceptions }) => [
    `${name}: a finding, ${fixedIn === null ? 'no fix is named' : `fixed in ${fixedIn}`}${disputed === null ? '' : `, ${disputed}`}${due === null ? '' : `, due ${due.slice(0, 10)}`}`,
    ...exceptions.map(
      ({ id, owner, until }) => `  accepted until ${until.slice(0, 10)} by the exception ${id} of ${owner}`,
    ),
  ]);
  const others = [
    ...lapsed.map(({ id, why }) => `The exception ${id} counts no more: ${why}`),
    ...barred.map(
      ({ id, rule, source }) => `The exception ${id} does not cover it in ${source}: the rule ${rule} never accepts it`,
    ),
  ];
  return lines.length + others.length === 0 ? [] : ['', ...lines.map(plainLine), ...others.map(plainLine)];
}

function gapLines({ gaps, outcome }: Explanation): readonly string[] {
  if (gaps.length === 0 || outcome === 'affected') return [];
  const shown = gaps.slice(0, MOST_GAPS).map(({ kind, subject }) => `${kind} ${subject}`);
  const rest = gaps.length - shown.length;
  return [
    '',
    plainLine(
      `It may be in what was not read or is not answered for: ${shown.join(', ')}${rest > 0 ? ` and ${String(rest)} more` : ''}`,
    ),
  ];
}
