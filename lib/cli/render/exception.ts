/** What a terminal shows of exceptions. */
import type { Change, CHANGES } from '../../core/exceptions/change.ts';
import type { Control, Draft, Exception, Who } from '../../core/exceptions/exception.ts';
import type { ScopedImages } from '../../core/exceptions/scope.ts';
import { shortDigest } from '../../core/image/digest.ts';
import { callerName } from '../../core/people/caller.ts';
import type { Scores } from '../../core/register/assessment.ts';
import { counted, plainLine } from '../../core/text/plain.ts';
import { shownEnd } from '../../core/time/end.ts';
import type { Checked } from '../../pipeline/exceptions/check-exceptions.ts';
import type { Preview, PreviewedVerdict } from '../../pipeline/exceptions/preview-exception.ts';
import type { Io } from '../io.ts';
import { coloursFor } from './colours.ts';
import { table } from './table.ts';

type Out = Pick<Io, 'stdout' | 'env'>;

const MOST_LISTED = 20;

export function previewText({ count, verdicts }: Preview, io: Io): string {
  if (verdicts.length === 0) return 'It would cover nothing that is found now.';
  const colours = coloursFor(io.stdout);
  const changed = verdicts.filter(({ before, after }) => before !== after);
  const shown = [...changed, ...verdicts.filter((one) => !changed.includes(one))].slice(0, MOST_LISTED);
  const head = ['IMAGE', 'STAGE', 'VERDICT', 'OPEN SCORE', 'COVERS'].map(colours.faint);
  const rows = shown.map((one) => [
    nameOf(one),
    one.stage,
    one.before === one.after
      ? colours.verdict(one.before, one.before)
      : `${colours.verdict(one.before, one.before)} -> ${colours.verdict(one.after, one.after)}`,
    `${figure(one.score.before)} -> ${figure(one.score.after)}`,
    one.vulnerabilities.slice(0, 3).join(', ') + (one.vulnerabilities.length > 3 ? ', …' : ''),
  ]);
  const covers = `It would cover ${counted(count.findings, 'finding')} in ${counted(count.images, 'image')}, and change ${counted(changed.length, 'verdict')}`;
  return [
    `${covers}:`,
    ...table([head, ...rows], '  '),
    ...(verdicts.length > shown.length
      ? [`  … and ${String(verdicts.length - shown.length)} more (--json lists all)`]
      : []),
  ].join('\n');
}

function nameOf({ placement, tags }: Pick<PreviewedVerdict, 'placement' | 'tags'>): string {
  const [tag] = tags;
  return plainLine(
    tag === undefined ? `${placement.repository}@${shortDigest(placement.digest)}` : `${placement.repository}:${tag}`,
  );
}

function figure({ open }: Scores): string {
  return open === null ? '-' : open.toFixed(1);
}

export function requestedText({ id, renews }: Exception, io: Io): string {
  const colours = coloursFor(io.stdout);
  const place = renews === null ? '' : `, to take the place of ${renews}`;
  return [
    `${colours.bold(id)} is asked for${place}. Nothing follows from it until another person approves it:`,
    `  cavendish exception approve ${id}`,
  ].join('\n');
}

export function decidedText({ id, state, ended, terms, review }: Exception, io: Io): string {
  const colours = coloursFor(io.stdout);
  const name = colours.bold(id);
  if (state !== 'granted') {
    if (ended === null) return `${name} is ${state}. It stays in the register.`;
    return `${name} has ended (${ended.how}: ${plainLine(ended.why)}). What it covered is judged again.`;
  }
  const end = terms.expiry === null ? '' : ` until ${shownEnd(terms.expiry)}`;
  const next = review === null ? '' : `, reviewed on ${shownEnd(review)}`;
  return `${name} is in force${end}${next}. What it covers is judged again, and stays in sight beside it.`;
}

export function listText(rows: readonly Exception[], everything: boolean, io: Io): string {
  if (rows.length === 0) {
    return everything
      ? 'There is none. Ask for one: cavendish exception request --help'
      : 'Nothing is accepted, and nothing is asked for. What is over: cavendish exception list --all';
  }
  const colours = coloursFor(io.stdout);
  const head = ['ID', 'STATE', 'COVERS', 'IN', 'STAGES', 'OWNER', 'UNTIL', 'REVIEW'].map(colours.faint);
  const cells = rows.map(({ id, state, ended, terms, review }) => [
    id,
    ended === null ? state : ended.how,
    namesIn(terms),
    imagesIn(terms.scope.images),
    terms.scope.stages.join(', '),
    plainLine(terms.owner ?? '-'),
    terms.expiry === null ? '-' : shownEnd(terms.expiry),
    review === null || state !== 'granted' ? '-' : shownEnd(review),
  ]);
  return [...table([head, ...cells]), '', counted(rows.length, 'exception')].join('\n');
}

interface Shown {
  readonly exception: Exception | null;
  readonly changes: readonly Change[];
}

export function exceptionText({ exception, changes }: Shown, io: Out): string {
  if (exception === null) return 'It was not there then.';
  const colours = coloursFor(io.stdout);
  const { id, state, ended, terms, requester, approver, withdrawnControls, review } = exception;
  const facts: readonly (readonly [string, string])[] = [
    ['covers', `${namesIn(terms)} in ${imagesIn(terms.scope.images)}, for ${terms.scope.stages.join(', ')}`],
    ['reason', terms.reason ?? '(none)'],
    ['owner', terms.owner ?? '(nobody)'],
    ['asked by', callerName(requester)],
    ['decided by', approver === null ? '-' : callerName(approver)],
    ['ends', terms.expiry === null ? '(no end)' : shownEnd(terms.expiry)],
    ['review', review === null ? '-' : shownEnd(review)],
    ...terms.controls.map((control) => ['control', controlText(control, withdrawnControls)] as const),
    ...terms.links.map((link) => ['link', link] as const),
    ...(exception.renews === null ? [] : [['renews', exception.renews] as const]),
  ];
  const is = ended === null ? state : `${ended.how} on ${instant(ended.at)}: ${ended.why}`;
  return [
    `${colours.bold(id)}  ${plainLine(is)}`,
    ...table(
      facts.map(([name, value]) => [colours.faint(name), plainLine(value)]),
      '  ',
    ),
    '',
    'History',
    ...table(changes.map(changeRow), '  '),
  ].join('\n');
}

function controlText({ id, does, evidence, lowers }: Control, withdrawn: readonly string[]): string {
  const share = `likelihood -${String(Math.round(lowers.likelihood * 100))} %, impact -${String(Math.round(lowers.impact * 100))} %`;
  return `${id}${withdrawn.includes(id) ? ' (withdrawn)' : ''}: ${does} (${share}; ${evidence})`;
}

const DID: Readonly<Record<(typeof CHANGES)[number], string>> = {
  requested: 'asked for',
  granted: 'granted',
  refused: 'refused',
  withdrawn: 'withdrawn',
  reviewed: 'reviewed',
  'control-withdrawn': 'a control was withdrawn',
  ended: 'ended',
};

function changeRow({ at, did, by, why, exception }: Change): readonly string[] {
  const how = did === 'ended' && exception.ended !== null ? ` (${exception.ended.how})` : '';
  return [instant(at), `${DID[did]}${how}`, plainLine(whoText(by)), plainLine(why ?? '')];
}

function whoText(by: Who | null): string {
  return by === null ? 'by itself' : callerName(by);
}

function instant(at: string): string {
  return `${at.slice(0, 16).replace('T', ' ')} UTC`;
}

export function checkText(rows: readonly Checked[], io: Out): string {
  if (rows.length === 0) return 'Nothing is accepted: there is nothing to check.';
  const colours = coloursFor(io.stdout);
  const remarked = rows.filter(({ remarks }) => remarks.length > 0);
  return [
    ...remarked.flatMap(({ exception, remarks }) => [
      `${colours.bold(exception.id)}  ${namesIn(exception.terms)} in ${imagesIn(exception.terms.scope.images)}`,
      ...remarks.map(({ kind, message }) => `  ${kind}: ${plainLine(message)}`),
    ]),
    `${counted(rows.length, 'exception')} in force, ${remarked.length === 0 ? 'nothing to remark' : `${String(remarked.length)} with remarks`}`,
  ].join('\n');
}

function namesIn({ scope: { vulnerabilities, packages } }: Pick<Draft, 'scope'>): string {
  const shown = vulnerabilities.slice(0, 3).join(', ') + (vulnerabilities.length > 3 ? ', …' : '');
  const which = vulnerabilities.length === 0 ? 'everything' : shown;
  return plainLine(packages.length === 0 ? which : `${which} in ${packages.join(', ')}`);
}

function imagesIn(images: ScopedImages): string {
  if ('asset' in images) return plainLine(`asset ${images.asset}`);
  if ('repository' in images) return plainLine(images.repository);
  if ('digest' in images) return shortDigest(images.digest);
  return plainLine(`base ${images.name} and its clones`);
}
