/** What every reader of a report gives, and what readers have in common. A refusal names the place and the reason. */
import { z } from 'zod';

import { instantOf } from '../../core/advisories/reading.ts';
import { CavendishError } from '../../core/errors/error.ts';
import { type Digest, isDigest } from '../../core/image/digest.ts';
import type { Severity } from '../../core/matching/finding.ts';
import { type OpinionFinding, type SaidImage, vulnerabilityName } from '../../core/opinions/opinion.ts';
import { severityOf } from '../../core/opinions/severities.ts';
import { counted, plainLine } from '../../core/text/plain.ts';

/** A report as it stands: in its own order, and with the scanner as it calls itself. */
export interface Reported {
  /** Null where the format does not say who wrote it. */
  readonly scanner: { readonly name: string | null; readonly version: string | null };
  /** ISO 8601, UTC; null where it does not say. */
  readonly at: string | null;
  readonly image: SaidImage;
  readonly findings: readonly OpinionFinding[];
  /** What else it holds, that is no vulnerability of a package of the image: `2 secrets`. */
  readonly aside: readonly string[];
}

/** @param source - what the report is called, for messages */
export type ReadReport = (raw: unknown, source: string) => Reported;

const text = z.string().max(4096);
/** A name without which a finding says nothing. */
export const name = text.min(1);
export const id = vulnerabilityName;
/** Empty and absent are the same to the tools that write reports. */
export const maybe = text
  .nullish()
  .transform((said) => (said === undefined || said === null || said === '' ? null : said));

export const SAYS_NO_IMAGE: SaidImage = { digests: [], layers: [], configuration: null };

/** @throws CavendishError `bad-input` where the word is none that is known: it is not taken for a low one */
export function severityIn(word: string | null, where: string): Severity {
  const severity = severityOf(word ?? '');
  if (severity !== null) return severity;
  throw refused(where, `"${plainLine((word ?? '').slice(0, 100))}" is no severity that is known`);
}

export function refused(where: string, why: string, next?: string): CavendishError {
  return new CavendishError('bad-input', `${where}: ${why}`, next === undefined ? {} : { next });
}

/** An instant as AWS says it: text where the CLI writes it, seconds of the epoch where SDKs do; null where it is none. */
export function instantOfAws(said: string | number): string | null {
  if (typeof said === 'string') return instantOf(said.replace(' ', 'T'));
  const instant = new Date(said * 1000);
  return Number.isNaN(instant.getTime()) ? null : instant.toISOString();
}

/** The digests among references (`name@sha256:…`) and digests, each once. */
export function digestsIn(references: readonly (string | null | undefined)[]): readonly Digest[] {
  const said = references.flatMap((reference) => {
    const digest = reference?.slice(reference.lastIndexOf('@') + 1) ?? '';
    return isDigest(digest) ? [digest] : [];
  });
  return [...new Set(said)];
}

/** `2 secrets`; nothing where there are none. */
export function asideOf(count: number, one: string, many?: string): readonly string[] {
  return count === 0 ? [] : [counted(count, one, many)];
}
