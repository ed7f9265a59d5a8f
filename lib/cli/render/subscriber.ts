/** Subscribers, as people read them. */
import { plainLine } from '../../core/text/plain.ts';
import type { ListedSubscriber } from '../../pipeline/subscribers/read-subscribers.ts';
import { table } from './table.ts';

export function subscribersText(rows: readonly ListedSubscriber[]): string {
  if (rows.length === 0) return 'Nobody is subscribed: cavendish subscribe ADDRESS.';
  return table(
    rows.map((row) => [
      row.name,
      row.state,
      row.since === null ? '' : `since ${row.since.slice(0, 10)}`,
      plainLine(row.address ?? "of the stack's configuration"),
      row.address === null ? '' : wishesOf(row),
    ]),
  ).join('\n');
}

export function subscriberText(subscriber: ListedSubscriber): string {
  const { name, address, state } = subscriber;
  const next =
    state === 'pending'
      ? ['A mail asks for a confirmation: nothing arrives until its link is followed, within 48 hours.']
      : [];
  return [`${name}  ${plainLine(address ?? '')}  ${state}: ${wishesOf(subscriber)}`, ...next].join('\n');
}

/** `production; high and worse` */
function wishesOf({ teams, owners, assets, stages, kinds, minSeverity, roundUp }: ListedSubscriber): string {
  const said = [
    ...(teams === null ? [] : [`what ${teams.join(' or ')} own`]),
    ...(owners === null ? [] : [`what ${owners.join(' or ')} owns`]),
    ...(assets ?? []),
    ...(stages === null ? [] : [stages.join(' or ')]),
    ...(minSeverity === null ? [] : [`${minSeverity} and worse`]),
    kinds === null ? 'all that is said of images' : kinds.join(', '),
    ...(roundUp === null ? [] : [`in a ${roundUp} round-up`]),
  ];
  return plainLine(said.join('; '));
}
