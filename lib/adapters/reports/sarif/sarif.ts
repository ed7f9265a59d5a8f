/** A report in SARIF 2.1.0 of a scanner that says in words which package it means. https://docs.oasis-open.org/sarif/sarif/v2.1.0/ */
import { z } from 'zod';

import { instantOf, list, nullable, readAs } from '../../../core/advisories/reading.ts';
import { isDigest } from '../../../core/image/digest.ts';
import type { Severity } from '../../../core/matching/finding.ts';
import { namedBy } from '../../../core/opinions/named.ts';
import { type OpinionFinding, vulnerabilityName } from '../../../core/opinions/opinion.ts';
import { severityOfScore } from '../../../core/opinions/severities.ts';
import { packageTypeOf } from '../package-types.ts';
import { asideOf, digestsIn, maybe, name, refused, type Reported, SAYS_NO_IMAGE, severityIn } from '../report.ts';
import { saidIn } from './said-in.ts';

const message = nullable(z.looseObject({ text: z.string().nullish() }));

const rule = z.looseObject({
  id: name,
  help: message,
  properties: nullable(
    z.looseObject({ 'security-severity': z.union([z.string(), z.number()]).nullish(), tags: list(z.string()) }),
  ),
});
type Rule = z.output<typeof rule>;

const run = z.looseObject({
  tool: z.looseObject({
    driver: z.looseObject({ name, version: maybe, semanticVersion: maybe, rules: list(z.unknown()) }),
  }),
  invocations: list(z.looseObject({ endTimeUtc: maybe, startTimeUtc: maybe })),
  // Null says that the scan did not get so far (section 3.14.23).
  results: z.array(z.unknown()),
  properties: nullable(z.looseObject({ imageID: maybe, repoDigests: list(z.string()) })),
});
type Run = z.output<typeof run>;

const report = z.looseObject({ version: z.literal('2.1.0'), runs: z.array(z.unknown()).min(1) });

const result = z.looseObject({
  ruleId: maybe,
  ruleIndex: z.int().nonnegative().nullish(),
  kind: maybe,
  message,
  suppressions: list(z.looseObject({ status: maybe })),
});
type Result = z.output<typeof result>;

/** @throws CavendishError `bad-input` that names the place */
export function readSarif(raw: unknown, source: string): Reported {
  const runs = readAs(report, raw, source).runs.map((one, index) =>
    readAs(run, one, `${source}: runs.${String(index)}`),
  );
  const [first] = runs;
  const tools = new Set(runs.map(({ tool }) => tool.driver.name));
  if (first === undefined || tools.size > 1)
    throw refused(source, `it is of several tools: ${[...tools].join(', ')}`, 'Import the report of each by itself.');
  const read = runs.map((one, index) => readRun(one, `${source}: runs.${String(index)}`));
  const { driver } = first.tool;
  const aside = read.reduce((sum, one) => sum + one.aside, 0);
  return {
    scanner: { name: scannerOf(driver.name), version: driver.version ?? driver.semanticVersion },
    at: endOf(runs),
    image: imageIn(first),
    findings: read.flatMap(({ findings }) => findings),
    aside: asideOf(aside, 'result that is no open vulnerability', 'results that are no open vulnerabilities'),
  };
}

/** Grype calls itself `Anchore Grype Scan` in older versions. */
function scannerOf(called: string): string {
  return called === 'Anchore Grype Scan' ? 'grype' : called;
}

function endOf(runs: readonly Run[]): string | null {
  const ends = runs.flatMap(({ invocations }) =>
    invocations.flatMap((one) => one.endTimeUtc ?? one.startTimeUtc ?? []),
  );
  return (
    ends
      .flatMap((end) => instantOf(end) ?? [])
      .sort()
      .at(-1) ?? null
  );
}

/** As Trivy says it. */
function imageIn({ properties }: Run): Reported['image'] {
  if (properties === null) return SAYS_NO_IMAGE;
  const { imageID, repoDigests } = properties;
  return {
    ...SAYS_NO_IMAGE,
    digests: digestsIn(repoDigests),
    configuration: imageID !== null && isDigest(imageID) ? imageID : null,
  };
}

interface ReadRun {
  readonly findings: readonly OpinionFinding[];
  /** Results that are left out. */
  readonly aside: number;
}

function readRun({ tool, results }: Run, where: string): ReadRun {
  const rules = tool.driver.rules.map((one, index) => readAs(rule, one, `${where}.tool.driver.rules.${String(index)}`));
  const byId = new Map(rules.map((one) => [one.id, one]));
  const findings: OpinionFinding[] = [];
  let aside = 0;
  for (const [index, raw] of results.entries()) {
    const place = `${where}.results.${String(index)}`;
    const one = readAs(result, raw, place);
    const ofIndex = typeof one.ruleIndex === 'number' ? rules[one.ruleIndex] : undefined;
    const its = ofIndex ?? byId.get(one.ruleId ?? '') ?? null;
    if (isOpenVulnerability(one, its)) findings.push(...findingsIn(one, its, place));
    else aside += 1;
  }
  return { findings, aside };
}

/** Tags that Trivy gives to rules about other things. */
const OTHERS = ['misconfiguration', 'secret', 'license'];

function isOpenVulnerability({ kind, suppressions }: Result, its: Rule | null): boolean {
  const isOpen = kind === null || kind === 'fail';
  const isSuppressed = suppressions.some(({ status }) => status === null || status === 'accepted');
  return isOpen && !isSuppressed && !(its?.properties?.tags ?? []).some((tag) => OTHERS.includes(tag));
}

function findingsIn(one: Result, its: Rule | null, where: string): readonly OpinionFinding[] {
  const ruleId = one.ruleId ?? its?.id ?? null;
  const said = saidIn({ ruleId, message: one.message?.text ?? '', help: its?.help?.text ?? '' });
  if (said === null) {
    throw refused(
      where,
      'it does not say which package it is about in words that are known',
      "Import the scanner's own JSON instead: SARIF has no place for packages.",
    );
  }
  const vulnerability = readAs(vulnerabilityName, said.vulnerability, where);
  const others = said.aliases.map((alias) => readAs(vulnerabilityName, alias, where));
  const severity = said.severity === null ? severityOfRule(its) : severityIn(said.severity, where);
  return namedBy(vulnerability, others).map((named) => ({
    ...named,
    package: { type: packageTypeOf(said.type), name: said.name, version: said.version, purl: null, path: said.path },
    severity,
    fixedIn: said.fixedIn,
  }));
}

/** `security-severity` is a CVSS base score (GitHub's property). */
function severityOfRule(its: Rule | null): Severity {
  const score = Number.parseFloat(String(its?.properties?.['security-severity'] ?? ''));
  return Number.isNaN(score) ? 'unrated' : severityOfScore(score);
}
