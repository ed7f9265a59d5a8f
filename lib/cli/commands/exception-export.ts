import { Command, Option } from 'commander';

import { contentId } from '../../core/canonical/canonical.ts';
import { type Exception, EXCEPTION_STATES } from '../../core/exceptions/exception.ts';
import { exceptionsAsCsv, exceptionsAsOpenVex, exceptionsAsYaml } from '../../core/exceptions/export.ts';
import { hexOf } from '../../core/image/digest.ts';
import { listOperation } from '../../pipeline/exceptions/operations.ts';
import { everyRow } from '../../pipeline/operations/every-row.ts';
import { withHome } from '../compose/home.ts';
import { type Io, print } from '../io.ts';
import { type CommonOptions, withCommon } from '../options.ts';

const FORMATS = ['yaml', 'csv', 'openvex'] as const;

interface ExportOptions extends CommonOptions {
  readonly format: (typeof FORMATS)[number];
  readonly all?: boolean;
}

/** `exception export`: for other tools and for auditors. */
export function exceptionExportCommand(io: Io): Command {
  return withCommon(new Command('export'))
    .description('what is in force, for other tools and for auditors')
    .addOption(
      new Option('--format <format>', 'of what is written to standard output').choices(FORMATS).default('yaml'),
    )
    .option('--all', 'also what is asked for and what is over (not in OpenVEX)')
    .action(async ({ as, data, home, format, all = false }: ExportOptions) => {
      await withHome({ home, data, as }, io, async ({ operate }) => {
        const states = all && format !== 'openvex' ? [...EXCEPTION_STATES] : (['granted'] as const);
        const filter = { states: [...states], owner: null, asset: null, vulnerability: null };
        const rows = await everyRow((page) => operate(listOperation, { ...filter, ...page }));
        print(io, written(rows, format, io.now().toISOString()));
      });
    });
}

function written(rows: readonly Exception[], format: ExportOptions['format'], at: string): string {
  if (format === 'csv') return exceptionsAsCsv(rows);
  if (format === 'yaml') return exceptionsAsYaml(rows);
  return JSON.stringify(exceptionsAsOpenVex(rows, { at, id: hexOf(contentId({ at, rows })) }), null, 2);
}
