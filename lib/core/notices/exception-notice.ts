/** What people are told of an exception: that it is asked for, was decided, or ended before its time. */
import { contentId } from '../canonical/canonical.ts';
import { askAgain } from '../exceptions/ask-again.ts';
import type { Change } from '../exceptions/change.ts';
import type { Exception, Who } from '../exceptions/exception.ts';
import { scopeTitle } from '../exceptions/scope-title.ts';
import { hexOf } from '../image/digest.ts';
import { shownEnd } from '../time/end.ts';
import type { NoticeKind } from './kinds.ts';
import { type Item, type Letter, NEXT, says, type Section, sectionOf, step } from './letter.ts';
import { type Notice, type NoticeDate, noticeOf } from './notice.ts';
import { minute } from './verdict-notice.ts';

export interface ToldException {
  readonly change: Change;
  readonly to: { readonly name: string; readonly address: string | null };
  /** Why this reader is told, to follow "since": `you may decide on it`. */
  readonly since: string;
  /** Of what is in force. */
  readonly dates: readonly NoticeDate[];
}

interface Said {
  readonly kind: NoticeKind;
  /** `exception granted` */
  readonly what: string;
  readonly tone: Letter['tone'];
  readonly under: readonly string[];
  readonly next: readonly Item[];
}

const MOST_NAMES = 8;

/** Null where it is nothing that people are told of by itself. */
export function exceptionNotice({ change, to, since, dates }: ToldException): Notice | null {
  const said = saidOf(change);
  if (said === null) return null;
  const { exception, at } = change;
  const title = scopeTitle(exception.terms.scope);
  const { kind, what, tone, under, next } = said;
  return noticeOf({
    id: hexOf(contentId(['exception', change, to.name])),
    ...{ kind, at, to: to.address ?? to.name, dates },
    about: `${what.slice(0, 1).toUpperCase()}${what.slice(1)}: ${title}`,
    letter: {
      headline: `${what.toUpperCase()}  ${title}`,
      tone,
      under,
      sections: [...termsSections(exception), ...sectionOf(NEXT, next)],
      foot: [`Told: you, since ${since}`, `Exception: ${exception.id}`],
    },
  });
}

function saidOf(change: Change): Said | null {
  switch (change.did) {
    case 'requested':
      return requestedSaid(change);
    case 'granted':
      return grantedSaid(change);
    case 'refused':
      return refusedSaid(change);
    case 'ended':
      return endedSaid(change);
    case 'withdrawn':
    case 'reviewed':
    case 'control-withdrawn':
      return null;
  }
}

function requestedSaid({ exception, at }: Change): Said {
  const { id, requester, renews, terms } = exception;
  return {
    kind: 'exception-requested',
    what: renews === null ? 'exception asked for' : 'renewal asked for',
    tone: 'due',
    under: [
      `${forHowLong(exception)}; asked for by ${nameOf(requester)}, ${minute(at)}`,
      ...because(terms.reason),
      ...(renews === null ? [] : [`it takes the place of ${renews}`]),
    ],
    next: [
      see(id),
      step('it may be accepted', `cavendish exception approve ${id} --why REASON`),
      step('it may not', `cavendish exception refuse ${id} --why REASON`),
    ],
  };
}

function grantedSaid({ exception, by, at, why }: Change): Said {
  const { id, review } = exception;
  return {
    kind: 'exception-decided',
    what: 'exception granted',
    tone: 'good',
    under: [
      `${forHowLong(exception)}; granted by ${nameOf(by)}, ${minute(at)}`,
      ...because(why),
      'what it covers counts no more from now on, and is judged again',
      ...(review === null ? [] : [`to be looked at again by ${shownEnd(review)}`]),
    ],
    next: [see(id), step('it is needed no longer', `cavendish exception revoke ${id} --why REASON`)],
  };
}

function refusedSaid({ exception, by, at, why }: Change): Said {
  const { id, terms } = exception;
  return {
    kind: 'exception-decided',
    what: 'exception refused',
    tone: 'bad',
    under: [`refused by ${nameOf(by)}, ${minute(at)}`, ...because(why), 'nothing follows: all of it counts as before'],
    next: [see(id), step('ask for another, with what was missing', askAgain(terms))],
  };
}

/** That its time is over is a reminder, and what takes its place was granted. */
function endedSaid({ exception, by, at }: Change): Said | null {
  const { id, terms, ended } = exception;
  if (ended === null || ended.how === 'expired' || ended.how === 'superseded') return null;
  const who = by === null ? '' : ` by ${nameOf(by)}`;
  return {
    kind: 'exception-lapsed',
    what: `exception ${ended.how}`,
    tone: 'bad',
    under: [
      `over${who} since ${minute(at)}; it was to hold until ${terms.expiry === null ? 'no day' : shownEnd(terms.expiry)}`,
      ...because(ended.why),
      'what it covered counts again, and is judged again',
    ],
    next: [
      see(id),
      step('what it comes to', 'cavendish images'),
      step('the risk is to be accepted as it is now', askAgain(terms)),
    ],
  };
}

function see(id: string): Item {
  return step('see it whole', `cavendish exception show ${id}`);
}

function because(why: string | null): readonly string[] {
  return why === null ? [] : [`because: ${why}`];
}

function forHowLong({ terms: { expiry, scope } }: Exception): string {
  return `until ${expiry === null ? 'no day' : shownEnd(expiry)}, for ${scope.stages.join(' and ')}`;
}

function nameOf(who: Who | null): string {
  return who === null ? 'nobody' : (who.person ?? who.principal);
}

function termsSections({ terms: { scope, owner, controls, links } }: Exception): readonly Section[] {
  const named = [...scope.vulnerabilities, ...scope.packages.map((name) => `package ${name}`)];
  const names =
    named.length > MOST_NAMES ? [...named.slice(0, MOST_NAMES), `${named.length - MOST_NAMES} more`] : named;
  return sectionOf(
    'What is accepted',
    [
      says(`${names.join(', ')} (${scopedText(scope.images)})`),
      says(owner === null ? 'nobody carries the risk yet' : `${owner} carries the risk`),
      ...controls.map(({ id, does }) => says(`the control ${id}: ${does}`)),
      ...links.map((link) => says(link)),
    ],
    { most: MOST_NAMES },
  );
}

function scopedText(images: Exception['terms']['scope']['images']): string {
  if ('asset' in images) return `the images of the asset ${images.asset}`;
  if ('repository' in images) return `the repositories ${images.repository}`;
  return 'digest' in images ? `the image ${images.digest}` : `the base ${images.name} and all that is built on it`;
}
