/**
 * News about a vulnerability that an image has: attackers are known to use it now, or they have become
 * a good deal likelier to. It asks for an answer whether or not a verdict follows from it.
 */
import { z } from 'zod';

import { shortDigest } from '../image/digest.ts';
import { type Base, nameOf } from '../lineage/lineage.ts';
import type { Finding } from '../matching/finding.ts';
import type { Assessment } from '../register/assessment.ts';
import { worstFirst } from '../register/worst-first.ts';

const newsSchema = z
  .object({
    /** `kev`: listed as known exploited. `epss`: a jump under one and the same model. */
    kind: z.enum(['kev', 'epss']),
    vulnerability: z.string(),
    /** The source package. */
    package: z.string(),
    fixedIn: z.string().nullable(),
    /** What people call the base that brought it; null where it is the image's own. */
    base: z.string().nullable(),
    /** ISO 8601: of KEV the date that CISA sets, else the earliest that the appetite does. */
    due: z.string().nullable(),
    ransomware: z.boolean(),
    /** EPSS then and now, 0-1; null where there was none. */
    was: z.number().nullable(),
    is: z.number().nullable(),
  })
  .readonly();

export const newsList = z.array(newsSchema).readonly();

export type News = z.output<typeof newsSchema>;

/** The rise of a probability of 0-1 that is news. */
const EPSS_JUMP = 0.1;

/** One for each vulnerability and source package, the worst first; figures of two models are never compared. */
export function newsOf(
  before: Pick<Assessment, 'findings'> | null,
  after: Pick<Assessment, 'findings'> & { readonly inputs: Pick<Assessment['inputs'], 'lineage'> },
): readonly News[] {
  const known = Map.groupBy(before?.findings ?? [], ({ vulnerability }) => vulnerability);
  const news = new Map<string, News>();
  for (const finding of worstFirst(after.findings)) {
    const base = after.inputs.lineage.bases.find(({ image }) => image === finding.inheritedFrom);
    const told = newsAbout(finding, known.get(finding.vulnerability) ?? [], base ?? null);
    const key = `${finding.vulnerability} ${finding.package.source.name}`;
    if (told !== null && !news.has(key)) news.set(key, told);
  }
  return [...news.values()];
}

/** @param before - the same vulnerability in the assessment before: none where it was not found then */
function newsAbout(finding: Finding, before: readonly Finding[], base: Base | null): News | null {
  const { vulnerability, package: found, fixedIn, kev, epss, due } = finding;
  const was = before.find(({ epss: figure }) => figure?.modelVersion === epss?.modelVersion)?.epss ?? null;
  const figures = { was: was?.score ?? null, is: epss?.score ?? null };
  const brought = base && (base.names.length > 0 ? nameOf(base) : shortDigest(base.image));
  const about = { vulnerability, package: found.source.name, fixedIn, base: brought, ...figures };
  if (kev !== null && before.every((one) => one.kev === null)) {
    return { ...about, kind: 'kev', due: kev.dueDate ?? due, ransomware: kev.ransomware };
  }
  if (was === null || epss === null || epss.score - was.score < EPSS_JUMP) return null;
  return { ...about, kind: 'epss', due, ransomware: false };
}
