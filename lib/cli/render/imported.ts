/** What a terminal shows of a file of another tool that was imported. */
import type { Imported, ImportedEntry } from '../../core/exceptions/imported.ts';
import { counted, plainLine } from '../../core/text/plain.ts';
import type { Requested } from '../../pipeline/exceptions/request-exception.ts';
import type { Io } from '../io.ts';
import { coloursFor } from './colours.ts';
import { table } from './table.ts';

/** @param requested - in the order of the entries; null where nothing was asked for */
export function importedText(
  { format, entries, skipped }: Imported,
  requested: readonly Requested[] | null,
  io: Pick<Io, 'stdout'>,
): string {
  const colours = coloursFor(io.stdout);
  const done = requested === null ? 'would be asked for' : 'asked for';
  const rows = entries.map((entry, index) => [
    requested?.[index]?.exception.id ?? '-',
    plainLine(namesIn(entry)),
    plainLine(entry.where),
    lacksIn(requested?.[index]),
  ]);
  const head = ['ID', 'COVERS', 'FROM', 'MISSING'].map(colours.faint);
  return [
    ...(entries.length === 0 ? [] : [...table([head, ...rows]), '']),
    ...skipped.map(({ where, why }) => `${colours.doubt('left out')} ${plainLine(where)}: ${plainLine(why)}`),
    `${format}: ${counted(entries.length, 'exception')} ${done}, ${String(skipped.length)} left out. Nothing is granted by an import.`,
  ].join('\n');
}

function namesIn({ vulnerabilities, packages }: ImportedEntry): string {
  const which = vulnerabilities.length === 0 ? 'everything' : vulnerabilities.join(', ');
  return packages.length === 0 ? which : `${which} in ${packages.join(', ')}`;
}

function lacksIn(requested: Requested | undefined): string {
  if (requested === undefined) return '-';
  return requested.lacks.length === 0 ? 'nothing' : plainLine(requested.lacks.join('; '));
}
