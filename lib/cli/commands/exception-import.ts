import { Command, Option } from 'commander';

import type { Imported } from '../../core/exceptions/imported.ts';
import type { Stage } from '../../core/image/stage.ts';
import type { AskedTerms } from '../../pipeline/exceptions/asked-terms.ts';
import { importOperation } from '../../pipeline/exceptions/operations.ts';
import type { Requested } from '../../pipeline/exceptions/request-exception.ts';
import { withHome } from '../compose/home.ts';
import { openIgnoreFile } from '../compose/ignore-files.ts';
import { type Io, print, printJson } from '../io.ts';
import { type CommonOptions, stagesOption, withCommon } from '../options.ts';
import { importedText } from '../render/imported.ts';
import { imagesIn, type ScopeOptions, stagesIn, withScope } from './scope-options.ts';

interface ImportOptions extends CommonOptions, ScopeOptions {
  readonly stage?: readonly Stage[];
  readonly owner?: string;
  readonly reason?: string;
  readonly until?: string;
  readonly review?: string;
  readonly dryRun?: boolean;
}

/** As many as one request to the home takes. */
const AT_ONCE = 100;

/** `exception import`: what other tools ignore, as requests. */
export function exceptionImportCommand(io: Io): Command {
  return withScope(withCommon(new Command('import')))
    .description('ask for what a file of another tool ignores; nothing of it is granted')
    .argument(
      '<file>',
      '.trivyignore, .trivyignore.yaml, Grype ignore rules, OpenVEX or CSAF VEX; - for standard input',
    )
    .addOption(stagesOption())
    .option('--owner <person>', 'who carries the risks, by name as in the appetite')
    .option('--reason <text>', 'why, where the file does not say')
    .option('--until <date>', 'when it ends, where the file does not say')
    .option('--review <date>', 'when it is looked at again')
    .addOption(new Option('--dry-run', 'only show what would be asked for'))
    .action(async (file: string, options: ImportOptions) => {
      const { as, data, home, json, dryRun = false } = options;
      const imported = await openIgnoreFile(file, io);
      const entries = askedIn(imported, options);
      const requested: Requested[] = [];
      if (!dryRun) {
        await withHome({ home, data, as }, io, async ({ operate }) => {
          for (let start = 0; start < entries.length; start += AT_ONCE) {
            const { rows } = await operate(importOperation, { entries: entries.slice(start, start + AT_ONCE) });
            requested.push(...rows);
          }
        });
      }
      if (json === true) printJson(io, { ...imported, requested });
      else print(io, importedText(imported, dryRun ? null : requested, io));
    });
}

function askedIn({ entries }: Imported, options: ImportOptions): readonly AskedTerms[] {
  const { owner = null, reason = null, until = null, review = null } = options;
  const images = imagesIn(options);
  const stages = stagesIn(options);
  return entries.map((entry) => ({
    vulnerabilities: [...entry.vulnerabilities],
    packages: [...entry.packages],
    images,
    stages,
    ...{ reason: entry.reason ?? reason, owner, review, expiry: entry.expiry ?? until },
    controls: [],
    links: [],
  }));
}
