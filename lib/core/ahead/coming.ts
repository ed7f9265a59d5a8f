/** Everything that comes by itself, in order: what dates bring, what verdicts turn, and the mails that go out for it. */
import type { ReminderKind } from '../appetite/reminder-policy.ts';
import { type Placement, placementName } from '../image/placement.ts';
import type { Stage } from '../image/stage.ts';
import { counted } from '../text/plain.ts';
import { orderOf } from '../versions/version.ts';
import type { Turn } from './turns.ts';

export interface Mail {
  /** A person, or an owner as the appetite names them. */
  readonly to: string;
  readonly subject: string;
}

export interface ReminderMail extends Mail {
  /** The reference that it will carry. */
  readonly id: string;
}

interface About {
  /** ISO 8601 */
  readonly at: string;
  readonly kind: ReminderKind;
  readonly subject: string;
  readonly title: string;
}

export type ComingDate =
  | (About & { readonly what: 'reminder'; readonly rung: string; readonly mails: readonly ReminderMail[] })
  /** The date itself: an exception ends, a risk is overdue from then on. */
  | (About & { readonly what: 'date' });

export interface ComingVerdict extends Turn {
  readonly placement: Placement;
  readonly platform: string;
  readonly stage: Stage;
  readonly tags: readonly string[];
  readonly owner: string;
}

export type Coming =
  | ComingDate
  | ({ readonly what: 'verdict' } & ComingVerdict)
  | { readonly what: 'lapse'; readonly at: string; readonly exception: string; readonly why: string }
  /** About the verdicts of one owner that turned at an instant. */
  | ({ readonly what: 'mail'; readonly at: string } & Mail);

/** At one instant: the date, what it does to exceptions and verdicts, and then who hears of it. */
const ORDER: readonly Coming['what'][] = ['date', 'lapse', 'verdict', 'mail', 'reminder'];

/** In the order of time; what belongs to one instant in an order that is always the same. */
export function inOrder(dates: readonly ComingDate[], verdicts: readonly ComingVerdict[]): readonly Coming[] {
  const lapses = lapsesOf(verdicts);
  const lapsedAt = new Map(lapses.map(({ exception, at }) => [exception, at]));
  // With what lapsed, nothing comes due any more.
  const left = dates.filter(({ subject, at }) => at < (lapsedAt.get(subject) ?? LAST));
  const turned = verdicts.filter(({ told }) => told).map((one) => ({ what: 'verdict' as const, ...one }));
  const all: readonly Coming[] = [...left, ...lapses, ...turned, ...mailsOf(turned)];
  return [...all].sort(
    (a, b) => orderOf(a.at, b.at) || ORDER.indexOf(a.what) - ORDER.indexOf(b.what) || orderOf(nameOf(a), nameOf(b)),
  );
}

/** Behind every instant. */
const LAST = '\u007e';

type ComingLapse = Extract<Coming, { readonly what: 'lapse' }>;

/** One image is enough: with its first evidence the exception is over everywhere. */
function lapsesOf(verdicts: readonly ComingVerdict[]): readonly ComingLapse[] {
  const first = new Map<string, ComingLapse>();
  for (const { at, lapsed } of verdicts) {
    for (const { id, why } of lapsed) {
      const known = first.get(id);
      const isFirst = known === undefined || at < known.at || (at === known.at && why < known.why);
      if (isFirst) first.set(id, { what: 'lapse', at, exception: id, why });
    }
  }
  return [...first.values()];
}

function mailsOf(verdicts: readonly ComingVerdict[]): readonly Extract<Coming, { readonly what: 'mail' }>[] {
  const told = Map.groupBy(verdicts, ({ at, owner }) => JSON.stringify([at, owner]));
  return [...told.values()].flatMap((of) => {
    const [first] = of;
    if (first === undefined) return [];
    return [{ what: 'mail', at: first.at, to: first.owner, subject: `${counted(of.length, 'verdict')} changed` }];
  });
}

function nameOf(coming: Coming): string {
  switch (coming.what) {
    case 'date':
    case 'reminder':
      return `${coming.kind}:${coming.subject}`;
    case 'lapse':
      return coming.exception;
    case 'verdict':
      return `${placementName(coming.placement)} ${coming.platform} ${coming.stage}`;
    case 'mail':
      return coming.to;
  }
}
