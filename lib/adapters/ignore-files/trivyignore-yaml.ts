/** Trivy's `.trivyignore.yaml`. https://trivy.dev/latest/docs/configuration/filtering/#trivyignoreyaml */
import { z } from 'zod';

import type { Imported } from '../../core/exceptions/imported.ts';
import { packageIn } from './package-in.ts';
import { said } from './said.ts';

const rule = z.looseObject({
  id: z.string().min(1),
  paths: z.array(z.string()).default([]),
  purls: z.array(z.string()).default([]),
  expired_at: z.coerce.string().nullish(),
  statement: z.string().nullish(),
});

export const trivyignoreYaml = z.looseObject({
  vulnerabilities: z.array(rule).nullish(),
  misconfigurations: z.array(z.unknown()).nullish(),
  secrets: z.array(z.unknown()).nullish(),
  licenses: z.array(z.unknown()).nullish(),
});

export function fromTrivyignoreYaml({ vulnerabilities, ...others }: z.output<typeof trivyignoreYaml>): Imported {
  const rules = (vulnerabilities ?? []).map((one, index) => ({ ...one, where: `vulnerabilities[${String(index)}]` }));
  // An exception speaks of packages and images: a rule for some files of an image would become one for all of them.
  const narrower = rules.filter(({ paths }) => paths.length > 0);
  return {
    format: 'trivyignore.yaml',
    entries: rules
      .filter((one) => !narrower.includes(one))
      .map(({ where, id, purls, expired_at: expiry, statement }) => ({
        where,
        vulnerabilities: [id],
        packages: [...new Set(purls.map(packageIn))],
        reason: said(statement),
        expiry: expiry?.slice(0, 10) ?? null,
      })),
    skipped: [
      ...narrower.map(({ where, id }) => ({
        where,
        why: `${id} is ignored in some paths only, which an exception can't say`,
      })),
      ...(['misconfigurations', 'secrets', 'licenses'] as const).flatMap((kind) =>
        (others[kind] ?? []).map((_, index) => ({
          where: `${kind}[${String(index)}]`,
          why: 'it is about something else than vulnerabilities',
        })),
      ),
    ],
  };
}
