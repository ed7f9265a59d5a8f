/**
 * Every name that a criterion may use: its type, what it says, and the words it may be.
 *
 * The one list: the types of expressions, the values they are given, the check of their words and
 * the table in docs/appetite.md all come from it.
 *
 * Every figure is always there. A missing one has `known: false` beside what stands in for it, so
 * that an expression can't fall over it.
 */
import { STAGES } from '../image/stage.ts';
import { SEVERITIES } from '../matching/finding.ts';
import { EXPOSURES } from './appetite.ts';
import { CRITICALITIES } from './criticality.ts';

/** CEL's names of the types. A `double` is compared and reckoned with whole numbers too. */
type FieldType = 'string' | 'double' | 'int' | 'bool' | 'list<string>';

export interface Field<T extends FieldType = FieldType> {
  readonly type: T;
  readonly says: string;
  /** All that a text may be; another word in an expression is a mistake. */
  readonly words?: readonly string[];
}

export interface Group {
  readonly [name: string]: Field | Group;
}

export const VOCABULARY = {
  finding: {
    vulnerability: text('the CVE, or the identifier of a vulnerability that has none'),
    aliases: texts('its other identifiers'),
    title: text('what the CVE record or the advisory calls it; empty where neither does'),
    severity: text('by the CVSS figure that counts, else as the advisory labels it', SEVERITIES),
    fixable: truth('an advisory names a version that fixes it'),
    fixedIn: text('that version; empty where there is none'),
    disputed: text('what the CVE record says about itself', ['no', 'disputed', 'rejected']),
    cwes: texts('its kinds of weakness, as in `"CWE-787" in finding.cwes`'),
    inherited: truth('a base brought the package; false where the image, or an earlier build of it, did'),
    base: text('the name of that base; empty where it has none, and where the finding is not inherited'),
    foundBy: texts(
      'the scanners that found it: `cavendish`, and others whose opinion is held, as in `"trivy" in finding.foundBy`',
    ),
    age: {
      known: truth('a record says when it was published'),
      days: number('days since then; where no record says, since it was first seen here'),
    },
    cvss: {
      known: truth('somebody rated it'),
      score: number('the base score that counts, 0–10; else the prior of its severity'),
      version: text('of the standard; empty where nobody rated it', ['', '3.0', '3.1', '4.0']),
    },
    epss: {
      known: truth('EPSS has a score for it'),
      score: number('the likelihood that it is exploited within 30 days, 0–1; else a prior'),
      percentile: number('the share of vulnerabilities that score lower, 0–1; else that of the prior'),
      modelVersion: text('of EPSS, as in `v5`; empty where it has no score'),
    },
    kev: {
      listed: truth("it is in CISA's catalogue of known exploited vulnerabilities"),
      ransomware: truth('ransomware is known to use it'),
      dateAdded: text('since when it is listed, as in `2026-08-07`; empty where it is not'),
      days: number('days since then; 0 where it is not listed'),
    },
    ssvc: {
      known: truth('CISA has published all three points'),
      derived: truth('a point of the two below was derived from the CVSS vector'),
      exploitation: text('`active` for everything in KEV', ['none', 'poc', 'active', 'unknown']),
      automatable: truth('an attacker can automate it; true where nobody says'),
      technicalImpact: text('`total` where nobody says', ['partial', 'total']),
    },
    package: {
      name: text('the (binary) package'),
      version: text('its version'),
      type: text('as in a package URL', ['deb']),
      source: text('the source package that it is built from'),
    },
  },
  image: {
    repository: text('as in `team/app`; empty where the image has none'),
    platform: text('as in `linux/amd64`'),
    packages: whole('how many packages the SBOM holds'),
    age: {
      known: truth('the image says when it was made, and not a date before there were images'),
      days: number('days since then; 36500 where it does not say'),
    },
    opinions: texts('the other scanners whose opinion of it is held (`import`), as in `"grype" in image.opinions`'),
    opinionAge: {
      known: truth('another scanner has looked'),
      days: number('days since the last one did; 36500 where none has'),
    },
    onlyOthers: bySeverity(
      'vulnerabilities of that severity that other scanners found and Cavendish did not; no exception covers them',
    ),
  },
  base: {
    known: truth('a base is known: an image of another repository, or named by `base add`; the nearest counts'),
    name: text('what it is called, as in `debian:12` or `team/python:3.12`; empty where it has no name'),
    names: texts('all that it is called'),
    approved: truth('the base, or the image itself, is approved for the stage at the instant of judgement'),
    latest: truth('no newer build of its names is known; false where no base is known'),
    age: {
      known: truth('the base says when it was made, and not a date before there were images'),
      days: number('days since then; 36500 where it does not say, and where no base is known'),
    },
  },
  asset: {
    named: truth('an asset of this file names the repository; if not, `unnamed` holds'),
    id: text('of the asset; empty where none names the repository'),
    owner: text('as this file says'),
    exposure: text('as this file says', EXPOSURES),
    criticality: text('as this file says', CRITICALITIES),
  },
  stage: text('that the image is judged for', STAGES),
  passed: {
    development: truth(
      'this very image was go for development before, wherever it stood; false where it is judged for that',
    ),
    testing: truth('the same for testing'),
  },
  validated: {
    known: truth('the newest validation of the asset for the stage (`evidence add`) passed'),
    days: number('days since then; 36500 where there is none, or the newest failed'),
  },
  score: {
    known: truth('inventory and advisories are there; if not, all three are 0 beside a gap'),
    open: number('0–100: of what no exception covers'),
    inherent: number('0–100: of everything'),
    residual: number('0–100: of everything, what exceptions cover lowered by their controls'),
    own: number("0–100: `open`, of the image's own findings alone"),
    inherited: number('0–100: `open`, of the inherited findings alone; the two do not add up to it'),
  },
  counts: {
    ...bySeverity('open vulnerabilities of that severity; one in two packages is one'),
    fixable: whole('those that have a fix'),
    own: whole("those in the image's own packages"),
    inherited: whole('those in packages that a base brought; one that is in both counts in both'),
  },
} as const satisfies Group;

type ValueOf<T> =
  T extends Field<'string'>
    ? string
    : T extends Field<'double'>
      ? number
      : T extends Field<'int'>
        ? bigint
        : T extends Field<'bool'>
          ? boolean
          : T extends Field<'list<string>'>
            ? readonly string[]
            : { readonly [K in keyof T]: ValueOf<T[K]> };

/** The values of `finding`, and of everything else: an image criterion sees no finding. */
export type FindingValues = ValueOf<(typeof VOCABULARY)['finding']>;
export type ImageValues = ValueOf<Omit<typeof VOCABULARY, 'finding'>>;

export function isField(node: Field | Group): node is Field {
  const { says } = node;
  return typeof says === 'string';
}

/** What stands at a path such as `finding.cvss.score`; null where nothing does. */
export function lookUp(path: string): Field | Group | null {
  let found: Field | Group = VOCABULARY;
  for (const part of path.split('.')) {
    const next: Field | Group | undefined = isField(found) || !Object.hasOwn(found, part) ? undefined : found[part];
    if (next === undefined) return null;
    found = next;
  }
  return found;
}

function text(says: string, words?: readonly string[]): Field<'string'> {
  return words === undefined ? { type: 'string', says } : { type: 'string', says, words };
}

function texts(says: string): Field<'list<string>'> {
  return { type: 'list<string>', says };
}

function number(says: string): Field<'double'> {
  return { type: 'double', says };
}

function whole(says: string): Field<'int'> {
  return { type: 'int', says };
}

/** @param says - of the first; the others are the same */
function bySeverity(says: string) {
  return {
    critical: whole(says),
    high: whole('the same'),
    medium: whole('the same'),
    low: whole('the same'),
    none: whole('the same; rated, and 0.0'),
    unrated: whole('the same; rated by nobody'),
    total: whole('all of them'),
  };
}

function truth(says: string): Field<'bool'> {
  return { type: 'bool', says };
}
