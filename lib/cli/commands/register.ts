import { Command, Option } from 'commander';

import { type Risk, RISK_STATES } from '../../core/risks/risk.ts';
import { MOST_ROWS } from '../../pipeline/operations/page.ts';
import { registerExportOperation } from '../../pipeline/risks/operations.ts';
import { withHome } from '../compose/home.ts';
import { type Io, print } from '../io.ts';
import { type CommonOptions, withCommon } from '../options.ts';
import { EXPORT_FORMATS, type ExportFormat, writerOf } from '../render/register.ts';
import { filterOf, type FilterOptions, withFilter } from './risk.ts';

interface ExportOptions extends CommonOptions, FilterOptions {
  readonly format: ExportFormat;
  readonly state?: Risk['state'];
}

/** `register export`. */
export function registerCommand(io: Io): Command {
  const command = new Command('register').description('the risk register as a document');
  command.addCommand(exportCommand(io));
  return command;
}

/** Page by page, so that neither side ever holds all of it. */
function exportCommand(io: Io): Command {
  return withFilter(withCommon(new Command('export')))
    .description('every risk, whatever became of it, for an auditor: as it is, or as it was at an instant')
    .addOption(new Option('--format <format>', 'of the document').choices(EXPORT_FORMATS).default('csv'))
    .addOption(new Option('--state <state>', 'only in this state').choices(RISK_STATES))
    .addHelpText('after', '\nExample:\n  cavendish register export --format csv --at 2026-06-30 > register.csv')
    .action(async ({ as, data, home, format, state, ...options }: ExportOptions) => {
      await withHome({ home, data, as }, io, async ({ operate }) => {
        const filter = { ...filterOf(options), state: state ?? null };
        const writer = writerOf(format, { at: options.at ?? io.now().toISOString() });
        print(io, writer.begin);
        let after: string | null = null;
        do {
          const page: { readonly rows: readonly Risk[]; readonly next: string | null } = await operate(
            registerExportOperation,
            { ...filter, limit: MOST_ROWS, after },
          );
          if (page.rows.length > 0) print(io, writer.rows(page.rows));
          after = page.next;
        } while (after !== null);
        if (writer.end !== '') print(io, writer.end);
      });
    });
}
