/** `import REPORT --image IMAGE`: another scanner's opinion of an image. */
import { Command, Option } from 'commander';

import { CavendishError, isCavendishError } from '../../core/errors/error.ts';
import { plainLine } from '../../core/text/plain.ts';
import { type ImportedReport, importOperation } from '../../pipeline/second-opinion/operations.ts';
import { withHome } from '../compose/home.ts';
import { openReport, type ReadOpinion, REPORT_FORMATS, type ReportFormat } from '../compose/read-report.ts';
import { type Io, print, printJson } from '../io.ts';
import { type CommonOptions, withCommon } from '../options.ts';
import { countsText } from '../render/opinions.ts';

interface ImportOptions extends CommonOptions {
  readonly image: string;
  readonly scanner?: string;
  readonly format: ReportFormat | 'auto';
  readonly force?: string;
}

export function importCommand(io: Io): Command {
  return withCommon(new Command('import'))
    .description("another scanner's opinion of an image, kept beside our own and judged by as the appetite asks")
    .argument('<report>', 'of Trivy or Grype (JSON), SARIF, CycloneDX, Inspector or ECR; - for standard input')
    .requiredOption('--image <image>', 'repository:tag, repository@digest, a digest or the beginning of one')
    .option('--scanner <name>', 'who found it, where the report does not say')
    .addOption(
      new Option('--format <format>', 'what the report is').choices(['auto', ...REPORT_FORMATS]).default('auto'),
    )
    .option('--force <why>', 'take a report that is about another image, and record why')
    .addHelpText(
      'after',
      '\nExample:\n  trivy image --format json team/app:1.0 | cavendish import - --image team/app:1.0',
    )
    .action(async (report: string, { as, data, home, json, image, format, scanner, force }: ImportOptions) => {
      const read = await openReport(report, { format, ...(scanner !== undefined && { scanner }) }, io);
      await withHome({ home, data, as }, io, async ({ operate }) => {
        const { opinion } = read;
        const asked = operate(importOperation, { image, opinion, force: force ?? null });
        const taken = await asked.catch((error: unknown) => {
          throw isCavendishError(error, 'limit-exceeded') ? tooLarge(error) : error;
        });
        if (json === true) printJson(io, { format: read.format, ...taken, aside: read.aside });
        else print(io, textOf(read, taken));
      });
    });
}

function tooLarge(cause: CavendishError): CavendishError {
  return new CavendishError(
    'limit-exceeded',
    `the findings are more than one request to the home takes: ${cause.message}`,
    {
      next: 'Have the scanner write only the severities that you decide by: trivy image --severity HIGH,CRITICAL --format json',
      cause,
    },
  );
}

const OUTCOMES: Readonly<Record<ImportedReport['placements'][number]['outcome'], string>> = {
  kept: 'kept; it is judged again',
  known: 'known already',
  older: 'left out: a newer opinion of the scanner is held',
};

function textOf({ format, aside }: ReadOpinion, taken: ImportedReport): string {
  const { scanner, at, counts, compared, forced, placements } = taken;
  const lines = [
    `${scanner} (${format}) of ${at.slice(0, 16)}Z: ${countsText(counts)}`,
    `  ${compared}${forced === null ? '' : `; taken all the same: ${forced}`}`,
    ...(aside.length === 0 ? [] : [`  left aside: ${aside.join(', ')}`]),
    ...placements.map(
      ({ placement, outcome }) => `  ${placement.repository}@${placement.digest}: ${OUTCOMES[outcome]}`,
    ),
  ];
  return lines.map(plainLine).join('\n');
}
