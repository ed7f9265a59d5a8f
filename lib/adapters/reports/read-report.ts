/** Reads another scanner's report of an image, whichever of the known forms it has: whole, or not at all. */
import { contentId } from '../../core/canonical/canonical.ts';
import { CavendishError } from '../../core/errors/error.ts';
import { MOST_FINDINGS, type OpinionFinding, type ReportedOpinion, SCANNER_NAME } from '../../core/opinions/opinion.ts';
import { plainLine } from '../../core/text/plain.ts';
import { orderOf } from '../../core/versions/version.ts';
import { readCycloneDxReport } from './cyclonedx/cyclonedx.ts';
import { readEcr } from './ecr/ecr.ts';
import { readGrype } from './grype/grype.ts';
import { readInspector } from './inspector/inspector.ts';
import { parseBounded } from './parse-bounded.ts';
import type { ReadReport } from './report.ts';
import { readSarif } from './sarif/sarif.ts';
import { readTrivy } from './trivy/trivy.ts';

/** As bytes; Trivy writes some 4 KB a finding. */
export const MOST_REPORT = 128 * 1024 * 1024;

const READERS = {
  trivy: readTrivy,
  grype: readGrype,
  sarif: readSarif,
  cyclonedx: readCycloneDxReport,
  inspector: readInspector,
  ecr: readEcr,
} as const satisfies Readonly<Record<string, ReadReport>>;

export type ReportFormat = keyof typeof READERS;
export const REPORT_FORMATS = Object.keys(READERS) as readonly ReportFormat[];

const KNOWN = 'Known are the JSON of Trivy and Grype, SARIF, CycloneDX, and what AWS answers for Inspector and ECR.';

export interface ReportOptions {
  /** What the report is called, for messages. */
  readonly source: string;
  /** @default by its content */
  readonly format?: ReportFormat;
  /** Who found it, where the report does not say, or says it in a way that is not wanted. */
  readonly scanner?: string;
}

export interface ReadOpinion {
  readonly format: ReportFormat;
  readonly opinion: ReportedOpinion;
  /** What else the report holds, that is no vulnerability of a package of the image. */
  readonly aside: readonly string[];
}

/** @throws CavendishError `bad-input` that names the place and the reason; `limit-exceeded` */
export function readReport(bytes: Uint8Array, { source, format, scanner }: ReportOptions): ReadOpinion {
  const document = parseBounded(bytes, source);
  const form = format ?? formOf(document);
  if (form === null) throw new CavendishError('bad-input', `${source} is no report that is known`, { next: KNOWN });
  const { aside, ...reported } = READERS[form](document, source);
  if (reported.findings.length > MOST_FINDINGS) {
    throw new CavendishError('limit-exceeded', `${source} has more than ${String(MOST_FINDINGS)} findings`);
  }
  const opinion: ReportedOpinion = {
    scanner: { name: scannerName(scanner ?? reported.scanner.name, source), version: reported.scanner.version },
    at: reported.at,
    image: reported.image,
    findings: canonical(reported.findings),
  };
  return { format: form, opinion, aside };
}

/** By what only it has; null where nothing tells. */
function formOf(document: unknown): ReportFormat | null {
  if (Array.isArray(document)) return document.some((one) => has(one, 'Target')) ? 'trivy' : null;
  if (has(document, 'SchemaVersion')) return 'trivy';
  if (has(document, 'matches') && has(document, 'descriptor')) return 'grype';
  if (has(document, 'runs')) return 'sarif';
  if (has(document, 'bomFormat')) return 'cyclonedx';
  if (has(document, 'imageScanFindings')) return 'ecr';
  return has(document, 'findings') ? 'inspector' : null;
}

function has(value: unknown, member: string): boolean {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, member);
}

function scannerName(said: string | null, source: string): string {
  const name = (said ?? '').trim().toLowerCase().replaceAll(/\s+/gu, '-');
  const next = 'Name the scanner: --scanner NAME, of letters, digits and . _ -';
  if (!SCANNER_NAME.test(name)) {
    const why =
      said === null
        ? 'does not say who wrote it'
        : `says that "${plainLine(said.slice(0, 100))}" wrote it, which is no name`;
    throw new CavendishError('bad-input', `${source} ${why}`, { next });
  }
  if (name !== 'cavendish') return name;
  throw new CavendishError('bad-input', `${source} is by Cavendish itself, which is no second opinion`, { next });
}

/** In one order, each once: tools list a finding for each place in which a file lies. */
function canonical(findings: readonly OpinionFinding[]): readonly OpinionFinding[] {
  const distinct = new Map(findings.map((one) => [contentId(one), one]));
  const keyed = [...distinct.values()].map((one) => ({ one, key: JSON.stringify([one.vulnerability, one.package]) }));
  return keyed.sort((a, b) => orderOf(a.key, b.key)).map(({ one }) => one);
}
