/** Another scanner's report, in whichever of the forms that are read: whole, or not at all. */
import {
  MOST_REPORT,
  type ReadOpinion,
  readReport,
  REPORT_FORMATS,
  type ReportFormat,
} from '../../adapters/reports/read-report.ts';
import type { Io } from '../io.ts';
import { readInput } from './read-input.ts';

export { type ReadOpinion, REPORT_FORMATS, type ReportFormat };

interface Options {
  readonly format: ReportFormat | 'auto';
  readonly scanner?: string;
}

/**
 * @param file - `-` for standard input
 * @throws CavendishError `not-found`, `bad-input`, `limit-exceeded`
 */
export async function openReport(
  file: string,
  { format, scanner }: Options,
  io: Pick<Io, 'stdin'>,
): Promise<ReadOpinion> {
  const bytes = await readInput(file, MOST_REPORT, io);
  return readReport(bytes, {
    source: file === '-' ? 'standard input' : file,
    ...(format !== 'auto' && { format }),
    ...(scanner !== undefined && { scanner }),
  });
}
